import Glibc

/// The three descriptors that a process begins with.
enum StandardStreams {
  /// Occupies those that are closed, so that no socket or file gets their numbers and is written to as if it were
  /// standard output. Reading and writing them fails as it does on a closed descriptor.
  ///
  /// To be called before anything is opened.
  static func occupyClosed() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given out: the one that was found closed.
      _ = open("/dev/null", mode)
    }
  }
}
