#include "crc32c.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <arm_acle.h>
#include <sys/auxv.h>
#endif

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are taken from the input in little-endian order");

/// The reflected polynomial.
static const uint32_t polynomial = 0x82F63B78u;

/// `table[k][b]`: what byte `b` adds to the CRC when `k` more bytes of its word follow ("slicing by 8").
static uint32_t table[8][256];

static uint64_t word(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

uint32_t crc32c_extend_portable(uint32_t crc, const void *data, size_t length) {
  const uint8_t *next = data;
  crc = ~crc;
  for (; length >= 8; next += 8, length -= 8) {
    uint64_t w = word(next) ^ crc;
    crc = table[7][w & 255] ^ table[6][w >> 8 & 255] ^ table[5][w >> 16 & 255] ^ table[4][w >> 24 & 255] ^
          table[3][w >> 32 & 255] ^ table[2][w >> 40 & 255] ^ table[1][w >> 48 & 255] ^ table[0][w >> 56];
  }
  for (; length > 0; next++, length--) crc = table[0][(crc ^ *next) & 255] ^ crc >> 8;
  return ~crc;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t extend_sse42(uint32_t crc, const void *data, size_t length) {
  const uint8_t *next = data;
  uint64_t state = (uint32_t)~crc;
  for (; length >= 8; next += 8, length -= 8) state = _mm_crc32_u64(state, word(next));
  for (; length > 0; next++, length--) state = _mm_crc32_u8((uint32_t)state, *next);
  return ~(uint32_t)state;
}

#elif defined(__aarch64__) && defined(__linux__)

__attribute__((target("crc"))) static uint32_t extend_armv8(uint32_t crc, const void *data, size_t length) {
  const uint8_t *next = data;
  crc = ~crc;
  for (; length >= 8; next += 8, length -= 8) crc = __crc32cd(crc, word(next));
  for (; length > 0; next++, length--) crc = __crc32cb(crc, *next);
  return ~crc;
}

#endif

static uint32_t (*extend)(uint32_t, const void *, size_t) = crc32c_extend_portable;

uint32_t crc32c_extend(uint32_t crc, const void *data, size_t length) { return extend(crc, data, length); }

// Runs before main, so no call can meet a table half filled.
__attribute__((constructor)) static void prepare(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ polynomial : crc >> 1;
    table[0][byte] = crc;
  }
  for (uint32_t byte = 0; byte < 256; byte++)
    for (int k = 1; k < 8; k++) table[k][byte] = table[0][table[k - 1][byte] & 255] ^ table[k - 1][byte] >> 8;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("sse4.2")) extend = extend_sse42;
#elif defined(__aarch64__) && defined(__linux__)
  if (getauxval(AT_HWCAP) & (1u << 7)) extend = extend_armv8;  // HWCAP_CRC32
#endif
}
