import Buffers
import CSnappy
import KafkaProtocol

/// Snappy in the framing of Java's xerial library: a header, then blocks, each behind its length.
///
/// Some producers write one block with no framing, which is read too.
enum Snappy {
  /// A byte that is no ASCII, "SNAPPY", and 0.
  private static let magic: [UInt8] = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]
  /// The magic bytes, a version, and the oldest version that can read it.
  private static let headerSize = 16
  private static let version: Int32 = 1
  /// The most bytes of input in a block that is written; Java's readers take any.
  private static let blockSize = 32 << 10

  static func compress(_ input: RawSpan) -> Bytes? {
    let bound = 4 + snappy_max_compressed_length(blockSize)
    var output = BytesBuilder(capacity: headerSize + input.byteCount / 2 + bound)
    output.append(magic)
    output.append(bigEndian: version)
    output.append(bigEndian: version)
    var position = 0
    while position < input.byteCount {
      let end = min(position + blockSize, input.byteCount)
      let lengthOffset = output.count
      output.append(bigEndian: Int32(0))
      var size = bound
      input.extracting(position..<end).withUnsafeBytes { source in
        output.append(upTo: bound) { target in
          let status = snappy_compress(
            source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count,
            target.baseAddress?.assumingMemoryBound(to: CChar.self), &size)
          if status != SNAPPY_OK { size = 0 }
          return size
        }
      }
      guard size > 0 else { return nil }
      output.overwrite(at: lengthOffset, bigEndian: Int32(size))
      position = end
    }
    return output.finish()
  }

  static func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    guard input.byteCount > 0 else { throw .streamCutShort(.snappy) }
    var output = BoundedOutput(expected: input.byteCount * 2, limit: limit)
    guard isFramed(input) else {
      try appendBlock(input, to: &output)
      return output.finish()
    }
    var position = headerSize
    while position < input.byteCount {
      guard input.byteCount - position >= 4 else { throw .streamCutShort(.snappy) }
      let length = Int(
        Int32(bigEndian: input.unsafeLoadUnaligned(fromByteOffset: position, as: Int32.self)))
      guard length >= 0 else { throw .streamDamaged(.snappy, "a block has the length \(length)") }
      position += 4
      guard length <= input.byteCount - position else { throw .streamCutShort(.snappy) }
      try appendBlock(input.extracting(position..<position + length), to: &output)
      position += length
    }
    return output.finish()
  }

  private static func isFramed(_ input: RawSpan) -> Bool {
    guard input.byteCount >= headerSize else { return false }
    for (offset, byte) in magic.enumerated()
    where input.unsafeLoad(fromByteOffset: offset, as: UInt8.self) != byte { return false }
    return true
  }

  private static func appendBlock(_ block: RawSpan, to output: inout BoundedOutput) throws(RecordError) {
    try block.withUnsafeBytes { source throws(RecordError) in
      let bytes = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var size = 0
      // The longest copy makes 64 bytes of 3, so that a block which says more of itself lies.
      guard snappy_uncompressed_length(bytes, source.count, &size) == SNAPPY_OK, size / 64 <= source.count / 3 else {
        throw .streamDamaged(.snappy, "not a block")
      }
      try output.reserve(size + 1)
      try output.append { target throws(RecordError) in
        var written = target.count
        let status = snappy_uncompress(
          bytes, source.count, target.baseAddress?.assumingMemoryBound(to: CChar.self), &written)
        guard status == SNAPPY_OK else { throw .streamDamaged(.snappy, "a block does not decompress") }
        return written
      }
    }
  }
}
