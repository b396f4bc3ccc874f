import Glibc

/// What has come out of a pipe so far.
struct OutputDrain {
  /// -1 once its end was seen.
  private(set) var descriptor: Int32
  private(set) var bytes: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  var isAtEnd: Bool { descriptor < 0 }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func contains(_ text: String) -> Bool { self.text.contains(text) }

  /// Reads once from a pipe that is ready.
  mutating func advance() {
    let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65536) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
      return count
    }
    guard count <= 0 else { return }
    close(descriptor)
    descriptor = -1
  }
}
