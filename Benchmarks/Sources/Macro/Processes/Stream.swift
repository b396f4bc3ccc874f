import Glibc
import TestHarness

/// What a process has as its standard input or output.
enum Stream {
  case null
  /// A file, which is cut to nothing where it is written.
  case file(String)
  /// A descriptor of this process, which stays open here.
  case descriptor(Int32)

  /// Calls `body` with a descriptor that is closed behind it if it was opened here.
  func withDescriptor<Result>(writing: Bool, _ body: (Int32) throws -> Result) throws -> Result {
    let path: String
    switch self {
    case .descriptor(let descriptor): return try body(descriptor)
    case .null: path = "/dev/null"
    case .file(let name): path = name
    }
    let descriptor = open(path, (writing ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY) | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    return try body(descriptor)
  }
}
