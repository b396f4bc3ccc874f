/// The header of an LZ4 frame: four magic bytes, flags, block size, perhaps the content's size, and a checksum.
///
/// Kafka before 0.10 took the checksum over the magic bytes too, which is wrong, and refuses any other in format v0
/// (KIP-57).
enum LZ4FrameHeader {
  /// The most bytes that a frame header may have.
  static let maximumSize = 19
  private static let magicSize = 4
  private static let contentSizeFlag: UInt8 = 0x08
  private static let dictionaryFlag: UInt8 = 0x01

  /// Puts the right checksum in place of whatever is there. A frame too short to have one is left as it is.
  static func correctChecksum(of frame: inout [UInt8]) {
    guard frame.count > magicSize else { return }
    let offset = checksumOffset(flags: frame[magicSize])
    guard offset < frame.count else { return }
    frame[offset] = checksum(frame[magicSize..<offset])
  }

  /// Puts the checksum that old Kafka expects into a frame that is complete.
  static func writeHistoricalChecksum(to frame: UnsafeMutableRawBufferPointer) {
    let offset = checksumOffset(flags: frame[magicSize])
    frame[offset] = checksum(frame[..<offset])
  }

  private static func checksumOffset(flags: UInt8) -> Int {
    magicSize + 2 + (flags & contentSizeFlag != 0 ? 8 : 0) + (flags & dictionaryFlag != 0 ? 4 : 0)
  }

  /// The second byte of the XXH32 of the header's fields. They can be 18 bytes with the magic ones, but the part of
  /// XXH32 for 16 bytes and more is not needed: Kafka's frames have no dictionary, hence 14 at the most.
  private static func checksum(_ fields: some RandomAccessCollection<UInt8>) -> UInt8 {
    let bytes = Array(fields)
    var hash = 374_761_393 &+ UInt32(bytes.count)
    var position = 0
    while bytes.count - position >= 4 {
      let word = bytes[position..<position + 4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      hash = rotated(hash &+ word &* 3_266_489_917, by: 17) &* 668_265_263
      position += 4
    }
    for byte in bytes[position...] {
      hash = rotated(hash &+ UInt32(byte) &* 374_761_393, by: 11) &* 2_654_435_761
    }
    hash = (hash ^ hash >> 15) &* 2_246_822_519
    hash = (hash ^ hash >> 13) &* 3_266_489_917
    hash ^= hash >> 16
    return UInt8(truncatingIfNeeded: hash >> 8)
  }

  private static func rotated(_ value: UInt32, by bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }
}
