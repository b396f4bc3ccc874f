/// What one pass over the messages of a set finds, once all of them are complete and have the right checksum.
struct MessageSetScan {
  private(set) var count = 0
  private(set) var firstOffset: Int64 = 0
  /// What is added to the offsets of the messages: 0 where they are absolute.
  private(set) var offsetBase: Int64 = 0

  init(_ span: RawSpan, of batch: RecordBatch) throws(RecordError) {
    var position = 0
    var last: Int64 = 0
    while position < span.byteCount {
      let message = try Self.message(in: span, at: position, format: batch.format)
      try Message.verifyChecksum(of: message)
      last = message.bigEndian(at: 0)
      if count == 0 { firstOffset = last }
      count += 1
      position += message.byteCount
    }
    guard count > 0 else { throw .emptyCompressedSet }
    // Inner offsets of v1 are relative, and the outer one is the last message's (KIP-31). Some producers leave the
    // outer one at 0. Where inner offsets are absolute after all, the last equals the outer one.
    if batch.codec != .none, batch.format == .v1, batch.lastOffset != 0 {
      guard last >= 0, batch.lastOffset >= last else {
        throw .badOffsets(base: batch.lastOffset, lastDelta: 0 &- last)
      }
      offsetBase = batch.lastOffset - last
    }
  }

  /// The message at `position`, with its fixed fields complete.
  @_lifetime(copy span)
  private static func message(in span: RawSpan, at position: Int, format: RecordFormat) throws(RecordError)
    -> RawSpan
  {
    let left = span.byteCount - position
    guard left > Message.magicOffset else { throw .badRecordLength(left) }
    guard span.bigEndian(at: position + Message.magicOffset, as: Int8.self) == format.rawValue else {
      throw .mixedFormats
    }
    let length = span.bigEndian(at: position + BatchHeader.lengthOffset, as: Int32.self)
    let size = Message.sizeBeforeLength + Int(length)
    guard size >= Message.minimumSize(format), size <= left else { throw .badRecordLength(Int(length)) }
    let attributes = BatchAttributes(
      rawValue: Int16(span.bigEndian(at: position + Message.attributesOffset, as: UInt8.self)))
    guard attributes.codecNumber == CompressionCodec.none.rawValue else { throw .nestedCompression }
    return span.extracting(position..<position + size)
  }
}
