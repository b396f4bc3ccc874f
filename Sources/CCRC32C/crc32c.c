#include "crc32c.h"

uint32_t crc32c_extend(uint32_t crc, const void *data, size_t length) {
  const uint8_t *p = data;
  crc = ~crc;
  while (length--) {
    crc ^= *p++;
    for (int k = 0; k < 8; k++) crc = crc & 1 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
  }
  return ~crc;
}
