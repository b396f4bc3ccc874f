import Glibc
import TestHarness

/// When lines came out of a descriptor.
struct LineArrivals {
  private let descriptor: Int32
  private var rest: [UInt8] = []
  /// The moment of each line's arrival.
  private(set) var times: [String: Double] = [:]

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Reads what comes until a moment.
  mutating func gather(until end: Double) throws {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let left = end - Moment.now
      guard left > 0 else { return }
      guard Descriptor.waitToRead(descriptor, seconds: left) else { return }
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { throw Failure("the consumer has ended") }
      let now = Moment.now
      for byte in block[..<count] {
        if byte == UInt8(ascii: "\n") {
          times[String(decoding: rest, as: UTF8.self)] = now
          rest.removeAll(keepingCapacity: true)
        } else {
          rest.append(byte)
        }
      }
    }
  }
}
