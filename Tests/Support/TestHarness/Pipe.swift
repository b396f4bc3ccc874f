import CLinux
import Glibc

/// The two ends of a pipe, neither of which a child process gets unless it is given to it.
package struct Pipe {
  package let readEnd: Int32
  package let writeEnd: Int32

  package init() throws {
    var ends: [Int32] = [0, 0]
    guard kavka_pipe2(&ends, O_CLOEXEC) == 0 else { throw Failure("pipe: \(String(cString: strerror(errno)))") }
    readEnd = ends[0]
    writeEnd = ends[1]
  }
}
