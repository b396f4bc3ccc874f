#pragma once
#include <stddef.h>
#include <stdint.h>

/// Extends a CRC-32C (Castagnoli, RFC 3720 appendix B.4) over `length` more bytes. Start with 0.
/// Uses the processor's instruction where there is one.
uint32_t crc32c_extend(uint32_t crc, const void *_Nullable data, size_t length);

/// The same with tables only, as on processors without the instruction.
uint32_t crc32c_extend_portable(uint32_t crc, const void *_Nullable data, size_t length);
