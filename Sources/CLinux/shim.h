// What the Glibc module leaves out: the interfaces of Linux that the event loop and the command line need.
#pragma once
#define _GNU_SOURCE 1
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
