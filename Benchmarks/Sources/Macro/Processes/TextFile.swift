import Glibc
import TestHarness

/// Small files as texts.
enum TextFile {
  static func contents(of path: String) throws -> String {
    try Stream.file(path).withDescriptor(writing: false) { descriptor in
      var bytes: [UInt8] = []
      var block = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(descriptor, &block, block.count)
        guard count >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += block[..<count]
      }
    }
  }

  static func write(_ text: String, to path: String) throws {
    try Stream.file(path).withDescriptor(writing: true) { descriptor in
      try Descriptor.write(Array(text.utf8), to: descriptor, path)
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
