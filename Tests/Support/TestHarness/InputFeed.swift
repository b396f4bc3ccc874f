import Glibc

/// What is still to be written to a pipe.
struct InputFeed {
  /// -1 once it is closed.
  private(set) var descriptor: Int32
  private var bytes: ArraySlice<UInt8>
  var closesAtEnd: Bool

  init(_ descriptor: Int32, bytes: [UInt8], closesAtEnd: Bool) {
    self.descriptor = descriptor
    self.bytes = bytes[...]
    self.closesAtEnd = closesAtEnd
    // A full pipe must not keep its owner from reading the others.
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  var wantsWriting: Bool { descriptor >= 0 && (!bytes.isEmpty || closesAtEnd) }

  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Writes what the pipe takes, and closes it after the last byte.
  mutating func advance() {
    if !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      // Whoever does not read all of its input will say so by its exit status.
      if count < 0, errno != EAGAIN { return finish() }
      bytes.removeFirst(max(0, count))
    }
    if bytes.isEmpty, closesAtEnd { finish() }
  }

  private mutating func finish() {
    bytes = []
    close(descriptor)
    descriptor = -1
  }
}
