import Glibc

/// An input that cannot be opened or read.
package struct InputError: Error, Hashable, Sendable {
  /// The file's name, or `standard input`.
  package var source: String
  package var errno: Int32

  package init(source: String, errno: Int32) {
    self.source = source
    self.errno = errno
  }

  package var message: String { "\(source): \(String(cString: strerror(errno)))" }
}
