// What the Glibc module leaves out: the interfaces of Linux that the event loop and the command line need.
#pragma once
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>

// The number of bytes that wait to be read, or a negative number. Functions with "..." are not imported into Swift.
static inline int kavka_unread_bytes(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

// Names the calling thread for debuggers and top; at most 15 bytes are kept.
static inline void kavka_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// accept4(2), which takes and gives flags at once; <sys/socket.h> has it only for what Glibc's module leaves out.
int kavka_accept4(int listener, void *address, unsigned int *length, int flags) __asm__("accept4");

// memmem(3), which finds bytes in bytes in linear time; <string.h> has it only for what Glibc's module leaves out.
void *kavka_memmem(const void *haystack, __SIZE_TYPE__ size, const void *needle, __SIZE_TYPE__ needle_size)
    __asm__("memmem");

// pipe2(2), whose ends no child process inherits by accident; <unistd.h> has it only for what Glibc's module leaves out.
int kavka_pipe2(int ends[2], int flags) __asm__("pipe2");
