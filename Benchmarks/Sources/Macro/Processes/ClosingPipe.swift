import Glibc
import TestHarness

/// A pipe that closes its ends, each once, at the latest with its last reference.
final class ClosingPipe {
  let readEnd: Int32
  let writeEnd: Int32
  private var openEnds: Set<Int32>

  init() throws {
    let pipe = try Pipe()
    (readEnd, writeEnd) = (pipe.readEnd, pipe.writeEnd)
    openEnds = [readEnd, writeEnd]
  }

  deinit { for end in openEnds { close(end) } }

  /// Closes an end of it, once.
  func closeEnd(_ end: Int32) {
    if openEnds.remove(end) != nil { close(end) }
  }
}
