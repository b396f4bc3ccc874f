package import Buffers

/// Splits the records field of a fetch response or produce request into batches.
///
/// Reads headers only. A broker cuts a set at the size asked for, so the last batch may be incomplete: it ends the set.
package struct RecordSetReader: Sendable {
  private let bytes: Bytes
  private var position = 0
  /// Where the next batch cannot begin before.
  private var lowestOffset: Int64 = 0

  package init(_ bytes: Bytes) { self.bytes = bytes }

  /// Once ``next()`` has returned nil: the size of the incomplete batch at the end, or 0.
  package private(set) var truncatedByteCount = 0

  /// Returns the next complete batch, or nil after the last.
  ///
  /// After an error it returns nil: where the next batch begins is not known.
  package mutating func next() throws(RecordError) -> RecordBatch? {
    let start = position
    do throws(RecordError) {
      guard let frame = try Self.frame(in: bytes.span, at: start) else {
        truncatedByteCount = bytes.count - start
        position = bytes.count
        return nil
      }
      position = frame.end
      let batch =
        frame.format == .v2 ? try Self.batch(bytes[start..<frame.end]) : try messageSet(from: start, frame: frame)
      lowestOffset = batch.nextOffset
      return batch
    } catch {
      position = bytes.count
      throw error
    }
  }

  /// Where a batch or message ends, and its format.
  private struct Frame {
    let end: Int
    let format: RecordFormat
  }

  /// The batch or message at `start`, or nil if it is incomplete.
  private static func frame(in span: RawSpan, at start: Int) throws(RecordError) -> Frame? {
    let left = span.byteCount - start
    guard left >= BatchHeader.sizeBeforeLength else { return nil }
    let length = span.bigEndian(at: start + BatchHeader.lengthOffset, as: Int32.self)
    let size = BatchHeader.sizeBeforeLength + Int(length)
    guard size >= Message.minimumSize(.v0), size <= Int(Int32.max) else { throw .badBatchLength(length) }
    guard left > BatchHeader.magicOffset else { return nil }
    let magic = span.bigEndian(at: start + BatchHeader.magicOffset, as: Int8.self)
    guard let format = RecordFormat(rawValue: magic) else { throw .unknownFormat(magic: magic) }
    guard size >= (format == .v2 ? BatchHeader.size : Message.minimumSize(format)) else {
      throw .badBatchLength(length)
    }
    guard size <= left else { return nil }
    return Frame(end: start + size, format: format)
  }

  private static func batch(_ bytes: Bytes) throws(RecordError) -> RecordBatch {
    let header = BatchHeader(reading: bytes.span)
    let codec = try codec(header.attributes, .v2)
    let delta = Int64(header.lastOffsetDelta)
    guard delta >= 0, header.baseOffset < Int64.max - delta else {
      throw .badOffsets(base: header.baseOffset, lastDelta: delta)
    }
    guard header.recordCount >= 0 else { throw .badRecordCount(Int(header.recordCount)) }
    return RecordBatch(bytes: bytes, header: header, codec: codec)
  }

  private static func codec(_ attributes: BatchAttributes, _ format: RecordFormat) throws(RecordError)
    -> CompressionCodec
  {
    guard let codec = CompressionCodec(rawValue: attributes.codecNumber) else {
      throw .unknownCodec(attributes.codecNumber)
    }
    guard codec.isAllowed(in: format) else { throw .codecNotAllowed(codec, format) }
    return codec
  }

  /// Reads the compressed message at `start`, or the run of uncompressed ones that are alike.
  private mutating func messageSet(from start: Int, frame: Frame) throws(RecordError) -> RecordBatch {
    let bytes = bytes
    let span = bytes.span
    let first = try Self.messageHeader(in: span, at: start, format: frame.format)
    var lastOffset = first.offset
    var maxTimestamp = first.timestamp
    var count = 1
    while first.codec == .none,
      let (frame, header) = Self.uncompressedMessage(in: span, at: position, format: frame.format),
      header.timestampType == first.timestampType
    {
      lastOffset = max(lastOffset, header.offset)
      maxTimestamp = max(maxTimestamp, header.timestamp)
      count += 1
      position = frame.end
    }
    guard lastOffset < Int64.max else { throw .badOffsets(base: lastOffset, lastDelta: 0) }
    return RecordBatch(
      bytes: bytes[start..<position], format: frame.format, codec: first.codec, timestampType: first.timestampType,
      baseOffset: first.codec == .none ? first.offset : min(lowestOffset, lastOffset), lastOffset: lastOffset,
      maxTimestamp: maxTimestamp,
      recordCount: first.codec == .none ? count : nil)
  }

  /// The message at `start` if it is complete, of `format` and uncompressed. What is wrong with it is left to be met
  /// when the run before it has been given out.
  private static func uncompressedMessage(in span: RawSpan, at start: Int, format: RecordFormat) -> (
    Frame, MessageHeader
  )? {
    do throws(RecordError) {
      guard let frame = try frame(in: span, at: start), frame.format == format else { return nil }
      let header = try messageHeader(in: span, at: start, format: format)
      return header.codec == .none ? (frame, header) : nil
    } catch {
      return nil
    }
  }

  private struct MessageHeader {
    let offset: Int64
    let codec: CompressionCodec
    let timestampType: TimestampType
    let timestamp: Int64
  }

  private static func messageHeader(in span: RawSpan, at start: Int, format: RecordFormat) throws(RecordError)
    -> MessageHeader
  {
    let attributes = BatchAttributes(
      rawValue: Int16(span.bigEndian(at: start + Message.attributesOffset, as: UInt8.self)))
    return MessageHeader(
      offset: span.bigEndian(at: start),
      codec: try codec(attributes, format),
      timestampType: format == .v0 ? .none : attributes.hasAppendTime ? .append : .create,
      timestamp: format == .v0 ? -1 : span.bigEndian(at: start + Message.timestampOffset))
  }
}
