// The functions of pseudo-terminals, which Glibc's module leaves out.
#pragma once

#include <stddef.h>

// Opens a pseudo-terminal that no program inherits, and says where its other side is. Returns the descriptor, or -1.
int kavka_open_terminal(char *name, size_t size);
