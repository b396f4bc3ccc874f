import Buffers
import KafkaProtocol
import Testing

/// Messages that were whole once: read without a trap, and with an error or a value that can be written.
@Suite("Damaged messages", .disabled(if: MessageVector.areMissing, "the vectors are not there"))
struct DamagedMessageTests {
  /// Vectors short enough to be damaged in every place.
  static let samples = MessageVector.samples.filter { $0.body.count <= 300 }
  static let typedSamples = MessageVector.all.filter {
    TypedMessage.all[$0.message] != nil && $0.body.count <= 300
  }

  @Test("a message cut anywhere is refused", arguments: MessageVector.sections)
  func truncation(section: Int) throws {
    for vector in Self.samples.enumerated().filter({ $0.offset % 16 == section }).map(\.element) {
      let message = try #require(MessageDescription.named(vector.message))
      for count in 0..<vector.body.count {
        #expect(throws: WireError.self, "\(vector.name) cut at \(count)") {
          try MessageDecoder.decode(message, from: vector.body[0..<count], version: vector.version)
        }
      }
    }
  }

  @Test("a typed message cut anywhere is refused")
  func typedTruncation() throws {
    for vector in Self.typedSamples {
      let typed = try #require(TypedMessage.all[vector.message])
      for count in 0..<vector.body.count {
        #expect(throws: WireError.self, "\(vector.name) cut at \(count)") {
          try typed.recode(vector.body[0..<count], vector.version)
        }
      }
    }
  }

  @Test(
    "a message with flipped bits is refused, or read as something that can be written",
    arguments: 0..<16 as Range<UInt64>)
  func bitFlips(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    for vector in MessageVector.samples where !vector.body.isEmpty {
      let message = try #require(MessageDescription.named(vector.message))
      var bytes = vector.body.array
      for _ in 0...Int(random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
      }
      try check(message, bytes, version: vector.version)
    }
  }

  @Test("S03: a count or length of any size is refused, or read as something that can be written", arguments: 0..<7)
  func absurdCounts(offset: Int) throws {
    let counts: [[UInt8]] = [
      [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFE],
      [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x7F, 0xFF],
    ]
    for vector in Self.samples {
      let message = try #require(MessageDescription.named(vector.message))
      for start in stride(from: offset, to: vector.body.count, by: 21) {
        var bytes = vector.body.array
        let count = counts[start % counts.count]
        bytes.replaceSubrange(start..<min(start + count.count, bytes.count), with: count)
        try check(message, bytes, version: vector.version)
      }
    }
  }

  /// Reads bytes that may be anything. What can be read must read the same once it is written.
  private func check(_ message: MessageDescription, _ bytes: [UInt8], version: Int16) throws {
    let damaged = Bytes(copying: bytes)
    _ = try? TypedMessage.all[message.name]?.recode(damaged, version)
    guard let value = try? MessageDecoder.decode(message, from: damaged, version: version) else { return }
    let written = try MessageEncoder.encode(message, value, version: version)
    #expect(try MessageDecoder.decode(message, from: written, version: version) == value)
  }
}
