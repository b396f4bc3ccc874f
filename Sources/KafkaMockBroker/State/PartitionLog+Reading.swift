import Buffers
import KafkaCompression
import KafkaProtocol

extension PartitionLog {
  /// A record's place and time.
  struct Position: Equatable {
    var offset: Int64
    var timestamp: Int64
    var leaderEpoch: Int32
  }

  /// Reads the record set from the batch that has `offset` on.
  ///
  /// A broker cuts at the byte, so that the last batch may be incomplete.
  /// - Parameters:
  ///   - limit: The most bytes to read.
  ///   - wholeFirst: Whether the first batch comes whole even where it is larger than the limit (KIP-74).
  ///   - format: The newest format the reader knows; newer batches are converted to uncompressed messages.
  /// - Throws: When a batch cannot be opened to be converted.
  func read(
    from offset: Int64, limit: Int, wholeFirst: Bool, format: RecordFormat
  ) throws(RecordError) -> Bytes {
    var segments: [Bytes] = []
    var size = 0
    var allowed = max(limit, 0)
    for batch in batches[index(of: offset)...] {
      guard size < allowed || (wholeFirst && segments.isEmpty) else { break }
      for segment in try Self.segments(of: batch, format: format) {
        if segments.isEmpty, wholeFirst { allowed = max(allowed, segment.count) }
        segments.append(segment)
        size += segment.count
      }
    }
    if segments.count == 1 { return segments[0][0..<min(allowed, size)] }
    var builder = BytesBuilder(capacity: size)
    for segment in segments { builder.append(segment) }
    return builder.finish()[0..<min(allowed, size)]
  }

  private static func segments(
    of batch: StoredBatch, format: RecordFormat
  ) throws(RecordError) -> [Bytes] {
    guard batch.format > format else { return [batch.bytes] }
    return try MessageConversion.messages(of: batch.recordBatch(), format: format)
  }

  /// Whether a codec is met from `offset` on within about `limit` bytes.
  func hasCodec(_ codec: CompressionCodec, from offset: Int64, limit: Int) -> Bool {
    var size = 0
    for batch in batches[index(of: offset)...] {
      if batch.codec == codec { return true }
      size += batch.bytes.count
      if size >= limit { return false }
    }
    return false
  }

  /// The first record whose time is not before `timestamp`.
  func first(notBefore timestamp: Int64) throws(RecordError) -> Position? {
    for batch in batches where batch.maxTimestamp >= timestamp {
      let opened = try BatchOpener.open(batch.recordBatch(), limit: MessageConversion.decompressionLimit)
      var records = opened.records
      while let record = try records.next() {
        guard record.timestamp >= timestamp, record.offset >= startOffset else { continue }
        return Position(offset: record.offset, timestamp: record.timestamp, leaderEpoch: batch.leaderEpoch)
      }
    }
    return nil
  }

  /// The first record that has the highest time of all (KIP-734).
  func latestTimestamp() throws(RecordError) -> Position? {
    guard let highest = batches.map(\.maxTimestamp).max(), highest >= 0 else { return nil }
    return try first(notBefore: highest)
  }
}
