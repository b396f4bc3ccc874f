#pragma once
#include <stddef.h>
#include <stdint.h>

/// Extends a CRC-32C (Castagnoli, RFC 3720 appendix B.4) over `length` more bytes. Start with 0.
uint32_t crc32c_extend(uint32_t crc, const void *_Nullable data, size_t length);
