#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Opens the processor's counter of the calling thread's instructions outside of the kernel.
///
/// Returns a descriptor to read 8 bytes from, or -1 where there is no counter or none may be used.
int instruction_counter_open(void);

/// Whether this was built where Valgrind's header is, so that it can tell Callgrind what to count.
bool callgrind_is_known(void);

/// Begins to count under Callgrind; does nothing elsewhere.
void callgrind_begin(void);

/// Ends counting under Callgrind, which writes down what it has counted since it began, under a name.
void callgrind_end(const char *name);
