import Buffers
import KafkaProtocol
import Testing

@testable import KafkaCompression

@Suite("Streams of gzip")
struct GzipTests {
  private static let text = Array("some text that repeats, ".utf8) + Array(repeating: UInt8(ascii: "x"), count: 5000)

  private static func stream(_ bytes: [UInt8], level: Int? = nil) throws -> [UInt8] {
    let compressed = Gzip.compress(bytes.span.bytes, level: level)
    return try #require(compressed).array
  }

  private static func read(_ stream: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    try Gzip.decompress(stream.span.bytes, limit: limit).array
  }

  @Test("every level is read again", arguments: 1...9)
  func levels(level: Int) throws {
    #expect(try Self.read(Self.stream(Self.text, level: level)) == Self.text)
  }

  @Test("members that follow one another are read as one stream")
  func members() throws {
    let (first, second) = (try Self.stream(Self.text), try Self.stream([1, 2, 3]))
    #expect(try Self.read(first + second) == Self.text + [1, 2, 3])
    #expect(try Self.read(second + first) == [1, 2, 3] + Self.text)
    #expect(try Self.read(first + first) == Self.text + Self.text)
  }

  @Test("a stream of nothing is read")
  func empty() throws {
    #expect(try Self.read(Self.stream([])) == [])
  }

  @Test("a stream that says a wrong size is refused", arguments: [0, 1, 5023, 5025, UInt32.max])
  func wrongSize(size: UInt32) throws {
    let stream = try Self.stream(Self.text)
    let lie = stream.dropLast(4) + withUnsafeBytes(of: size.littleEndian) { Array($0) }
    #expect(throws: RecordError.streamDamaged(.gzip, "incorrect length check")) { try Self.read(Array(lie)) }
  }

  @Test("a stream ends at the limit and not behind it")
  func limit() throws {
    let stream = try Self.stream(Self.text)
    #expect(try Self.read(stream, limit: Self.text.count) == Self.text)
    #expect(throws: RecordError.tooLarge(limit: Self.text.count - 1)) {
      try Self.read(stream, limit: Self.text.count - 1)
    }
  }
}
