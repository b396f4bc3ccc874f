#pragma once

/// The number of allocations that the calling thread has made since it began.
///
/// The program that this is linked into gets a malloc and relatives that count.
long allocation_count(void);
