import Buffers
import Testing

@testable import KafkaCompression

@Suite("Zstandard")
struct ZstdTests {
  /// A frame of one block that is not compressed and no size of the content, so that there must be a window.
  private static func frame(windowLog: UInt8) -> [UInt8] {
    [0x28, 0xB5, 0x2F, 0xFD, 0, (windowLog - 10) << 3, 5 << 3 | 1, 0, 0] + Array("hello".utf8)
  }

  @Test(
    "what a frame with a large window has needed is not kept for the next ones",
    arguments: [(10, true), (23, true), (27, false)] as [(UInt8, Bool)])
  func largeWindow(log: UInt8, isKept: Bool) throws {
    let decompressor = try #require(ZstdDecompressor())
    let bytes = try decompressor.decompress(Self.frame(windowLog: log).span.bytes, limit: 100)
    #expect(bytes.array == Array("hello".utf8))
    #expect(decompressor.isWorthKeeping == isKept)
  }
}
