import CCRC32C
import KafkaProtocol
import Testing

@Suite("Checksums")
struct ChecksumTests {
  @Test(
    "the well-known check values", arguments: [("123456789", 0xe306_9283 as UInt32, 0xcbf4_3926 as UInt32), ("", 0, 0)])
  func checkValues(text: String, crc32c: UInt32, crc32: UInt32) {
    let bytes = Array(text.utf8)
    #expect(CRC32C.checksum(bytes.span.bytes) == crc32c)
    #expect(CRC32.checksum(bytes.span.bytes) == crc32)
  }

  @Test("the instruction and the tables agree at every length and alignment", arguments: 0..<9)
  func portable(start: Int) {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
    bytes.withUnsafeBytes { buffer in
      for end in start..<buffer.count {
        let part = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
        let checksum = crc32c_extend_portable(0, part.baseAddress, part.count)
        #expect(CRC32C.checksum(part.bytes) == checksum)
      }
    }
  }

  @Test("stripes that are taken side by side make one checksum", arguments: [3071, 3072, 3073, 6143, 6144, 9300])
  func stripes(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 167 &+ 13) }
    let checksum = bytes.withUnsafeBytes { crc32c_extend_portable(0, $0.baseAddress, $0.count) }
    #expect(CRC32C.checksum(bytes.span.bytes) == checksum)
  }
}
