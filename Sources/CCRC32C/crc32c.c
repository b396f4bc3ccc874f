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
#define HARDWARE __attribute__((target("sse4.2")))
HARDWARE static inline uint64_t step(uint64_t state, uint64_t bytes) { return _mm_crc32_u64(state, bytes); }
HARDWARE static inline uint32_t step_byte(uint32_t state, uint8_t byte) { return _mm_crc32_u8(state, byte); }

static int has_instruction(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse4.2");
}
#elif defined(__aarch64__) && defined(__linux__)
#define HARDWARE __attribute__((target("crc")))
HARDWARE static inline uint64_t step(uint64_t state, uint64_t bytes) { return __crc32cd((uint32_t)state, bytes); }
HARDWARE static inline uint32_t step_byte(uint32_t state, uint8_t byte) { return __crc32cb(state, byte); }

static int has_instruction(void) { return getauxval(AT_HWCAP) >> 7 & 1; }  // HWCAP_CRC32
#endif

#ifdef HARDWARE

/// The number of bytes in each of the three stripes that are taken side by side, and of a line of the cache.
enum { stripe = 1024, line = 64 };

/// `shifted[k][b]`: what byte `b` of the CRC's byte `k` becomes behind a stripe of zeros.
static uint32_t shifted[4][256];

static uint32_t behind_stripe(uint64_t crc) {
  return shifted[0][crc & 255] ^ shifted[1][crc >> 8 & 255] ^ shifted[2][crc >> 16 & 255] ^ shifted[3][crc >> 24 & 255];
}

/// The instruction gives its result after three cycles and can begin in each: one stripe alone would wait for itself. A
/// CRC is linear, so that those of the stripes are put together by what zeros make of the first.
///
/// Batches were often written by another core. Stripes are too short for the processor to see that it will need the next
/// ones, so it is told. Telling it of what is behind the data does no harm.
HARDWARE static uint32_t extend_hardware(uint32_t crc, const void *data, size_t length) {
  const uint8_t *next = data;
  uint64_t state = (uint32_t)~crc;
  for (; length >= 3 * stripe; next += 2 * stripe, length -= 3 * stripe) {
    uint64_t second = 0, third = 0;
    for (const uint8_t *end = next + stripe; next < end;) {
      for (int ahead = 3; ahead < 6; ahead++) __builtin_prefetch(next + ahead * stripe);
      for (const uint8_t *line_end = next + line; next < line_end; next += 8) {
        state = step(state, word(next));
        second = step(second, word(next + stripe));
        third = step(third, word(next + 2 * stripe));
      }
    }
    state = behind_stripe(behind_stripe(state) ^ second) ^ third;
  }
  for (; length >= 8; next += 8, length -= 8) state = step(state, word(next));
  for (; length > 0; next++, length--) state = step_byte((uint32_t)state, *next);
  return ~(uint32_t)state;
}

HARDWARE static void prepare_stripes(void) {
  for (int bit = 0; bit < 32; bit++) {
    uint64_t state = (uint32_t)1 << bit;
    for (int bytes = 0; bytes < stripe; bytes += 8) state = step(state, 0);
    shifted[bit / 8][1 << bit % 8] = (uint32_t)state;
  }
  for (int byte = 0; byte < 4; byte++)
    for (int value = 1; value < 256; value++) {
      int lowest = value & -value;
      shifted[byte][value] = shifted[byte][lowest] ^ shifted[byte][value ^ lowest];
    }
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
#ifdef HARDWARE
  if (!has_instruction()) return;
  prepare_stripes();
  extend = extend_hardware;
#endif
}
