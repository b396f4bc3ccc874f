import Glibc

/// A small file that is read as a whole.
struct ConfigurationFile {
  /// The most bytes that a configuration may have.
  static let limit = 1 << 20

  private let path: [UInt8]

  init(path: [UInt8]) { self.path = path }

  private var name: String { String(decoding: path, as: UTF8.self) }

  /// Reads all there is; pipes and devices too.
  ///
  /// - Parameter isOptional: Whether the file may be missing.
  /// - Returns: Nothing where it is missing and may be.
  /// - Throws: `EFBIG` for more than ``limit``, and what the system says.
  func contents(isOptional: Bool) throws(InputError) -> [UInt8]? {
    let descriptor = open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      if isOptional, errno == ENOENT || errno == ENOTDIR { return nil }
      throw InputError(source: name, errno: errno)
    }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while contents.count <= Self.limit {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw InputError(source: name, errno: errno) }
      guard count > 0 else { return contents }
      contents += block[..<count]
    }
    throw InputError(source: name, errno: EFBIG)
  }
}
