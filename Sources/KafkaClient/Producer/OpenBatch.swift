import KafkaProtocol
import Transport

/// A batch that takes records, and what is remembered of each of them.
struct OpenBatch: ~Copyable {
  private var builder: RecordBatchBuilder
  private var marks: RecordMarks
  /// When it was begun: what linger and delivery timeout count from.
  let openedAt: Instant
  /// Whether it need not wait for more records.
  var isDue = false

  init(_ builder: consuming RecordBatchBuilder, keepsTimestamps: Bool, at instant: Instant) {
    self.builder = builder
    marks = RecordMarks(keepsTimestamps: keepsTimestamps)
    openedAt = instant
  }

  /// The bytes that have been written.
  var byteCount: Int { builder.byteCount }

  /// The memory that it takes.
  private var reservedBytes: Int { builder.reservedBytes + marks.byteCount }

  /// Copies a record into it.
  ///
  /// - Returns: How much more memory it takes than before, all of it for the first record; nil if the record does not
  ///   fit.
  @inline(__always)
  mutating func append(
    key: RawSpan?, value: RawSpan?, headers: borrowing EncodedHeaders, timestamp: Int64, number: Int64
  ) -> Int? {
    let before = builder.count == 0 ? 0 : reservedBytes
    guard builder.append(key: key, value: value, headers: headers, timestamp: timestamp) else { return nil }
    marks.append(number: number, timestamp: builder.format == .v0 ? -1 : timestamp)
    return reservedBytes - before
  }

  consuming func finish() -> FullBatch {
    let (marks, openedAt, heldBytes) = (marks, openedAt, reservedBytes)
    return FullBatch(draft: builder.finish(), marks: marks, openedAt: openedAt, heldBytes: heldBytes)
  }
}
