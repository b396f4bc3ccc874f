import Glibc

/// A file to read, by the name that the command line has for it.
package struct InputFile: Hashable, Sendable {
  /// The name as the system has it; `-` is standard input.
  package let path: [UInt8]

  package init(path: [UInt8]) { self.path = path }

  package var isStandardInput: Bool { path == [UInt8(ascii: "-")] }

  /// The name for messages.
  package var name: String { isStandardInput ? "standard input" : String(decoding: path, as: UTF8.self) }

  /// Looks whether the file can be read, without opening it, which would disturb a FIFO.
  package func check() throws(InputError) {
    var status = stat()
    if isStandardInput {
      guard fstat(STDIN_FILENO, &status) == 0 else { throw InputError(source: name, errno: errno) }
    } else {
      guard stat(cPath, &status) == 0, access(cPath, R_OK) == 0 else { throw InputError(source: name, errno: errno) }
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw InputError(source: name, errno: EISDIR) }
  }

  /// The bytes of a regular file, from where it is read; nothing for what has no size.
  var unreadSize: Int64? {
    var status = stat()
    let isKnown = (isStandardInput ? fstat(STDIN_FILENO, &status) : stat(cPath, &status)) == 0
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let position = isStandardInput ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0
    return max(Int64(status.st_size) - Int64(max(position, 0)), 0)
  }

  /// Opens the file; standard input is open already.
  func open() throws(InputError) -> Int32 {
    if isStandardInput { return STDIN_FILENO }
    while true {
      let descriptor = Glibc.open(cPath, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw InputError(source: name, errno: errno) }
    }
  }

  private var cPath: [CChar] { path.map { CChar(bitPattern: $0) } + [0] }
}
