import Glibc

/// A file or a program that the output of a command cannot be sent to.
struct RedirectionError: Error, Hashable {
  var message: String

  init(_ target: String, errno: Int32) { message = "\(target): \(String(cString: strerror(errno)))" }
}
