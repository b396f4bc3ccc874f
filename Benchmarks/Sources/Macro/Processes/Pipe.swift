import Glibc

/// A pipe whose ends no child process inherits but as a standard stream.
final class Pipe {
  let readEnd: Int32
  let writeEnd: Int32
  private var openEnds: Set<Int32>

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure("no pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    openEnds = [ends[0], ends[1]]
  }

  deinit { for end in openEnds { close(end) } }

  /// Closes an end of it, once.
  func closeEnd(_ end: Int32) {
    if openEnds.remove(end) != nil { close(end) }
  }
}
