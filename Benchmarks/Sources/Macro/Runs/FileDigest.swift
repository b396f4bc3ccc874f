import Glibc
import TestHarness

/// What is compared of large files.
struct FileDigest {
  private(set) var bytes = 0
  private(set) var lines = 0
  /// FNV-1a over 64 bits.
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  init(of path: String) throws {
    self = try Stream.file(path).withDescriptor(writing: false) { descriptor in
      var digest = FileDigest()
      var block = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(descriptor, &block, block.count)
        guard count >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
        guard count > 0 else { return digest }
        digest.add(block[..<count])
      }
    }
  }

  private init() {}

  private mutating func add(_ block: ArraySlice<UInt8>) {
    bytes += block.count
    for byte in block {
      if byte == UInt8(ascii: "\n") { lines += 1 }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
  }

  static func size(of path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    return Int(status.st_size)
  }
}
