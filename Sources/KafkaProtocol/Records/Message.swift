/// A message of format v0 or v1: offset, size, checksum, magic byte, attributes, timestamp (v1), key and value.
enum Message {
  static let sizeBeforeLength = 12
  static let checksumOffset = 12
  /// Where the bytes begin that the checksum covers.
  static let magicOffset = 16
  static let attributesOffset = 17
  static let timestampOffset = 18

  /// Where the length of the key is.
  static func keyOffset(_ format: RecordFormat) -> Int { format == .v0 ? 18 : 26 }

  /// The number of bytes of a message with neither key nor value.
  static func minimumSize(_ format: RecordFormat) -> Int { keyOffset(format) + 8 }

  static func size(format: RecordFormat, key: Int?, value: Int?) -> Int {
    minimumSize(format) + (key ?? 0) + (value ?? 0)
  }

  /// Writes a message that fills `target`.
  static func write(
    to target: UnsafeMutableRawBufferPointer, format: RecordFormat, offset: Int64, codec: CompressionCodec,
    timestamp: Int64, key: RawSpan?, value: RawSpan?
  ) {
    guard var next = target.baseAddress else { return }
    next.write(bigEndian: offset)
    next.write(bigEndian: Int32(target.count - sizeBeforeLength))
    next += 4
    next.write(bigEndian: format.rawValue)
    next.write(bigEndian: codec.rawValue)
    if format == .v1 { next.write(bigEndian: timestamp) }
    next.write(bigEndian: Int32(key?.byteCount ?? -1))
    if let key { next.write(key) }
    next.write(bigEndian: Int32(value?.byteCount ?? -1))
    if let value { next.write(value) }
    writeChecksum(of: target)
  }

  static func writeChecksum(of message: UnsafeMutableRawBufferPointer) {
    let covered = UnsafeRawBufferPointer(rebasing: message[magicOffset...])
    message.storeBigEndian(CRC32.checksum(covered.bytes), at: checksumOffset)
  }

  /// Checks the checksum of a message that is known to have its fixed fields.
  static func verifyChecksum(of message: RawSpan) throws(RecordError) {
    let stored = message.bigEndian(at: checksumOffset, as: UInt32.self)
    let computed = CRC32.checksum(message.extracting(magicOffset..<message.byteCount))
    guard stored == computed else { throw .checksumMismatch(stored: stored, computed: computed) }
  }
}
