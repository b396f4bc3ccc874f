import Glibc
import TestHarness

/// Reading and writing descriptors.
enum Descriptor {
  /// Writes all bytes.
  static func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      guard count > 0 else { throw Failure("\(name): \(String(cString: strerror(errno)))") }
      written += count
    }
  }

  /// Waits until something can be read.
  ///
  /// - Returns: Whether that was so within `seconds`.
  static func waitToRead(_ descriptor: Int32, seconds: Double) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, Int32(max(0, seconds * 1000).rounded(.up))) > 0
  }

  /// Passes time.
  static func pause(seconds: Double) { _ = poll(nil, 0, Int32(seconds * 1000)) }
}
