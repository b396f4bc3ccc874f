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

  private var byteCount: Int { builder.byteCount + marks.byteCount }

  /// Copies a record into it.
  ///
  /// - Returns: How many bytes it has grown by, with its header for the first record; nil if the record does not fit.
  @inline(__always)
  mutating func append(
    key: RawSpan?, value: RawSpan?, headers: borrowing EncodedHeaders, timestamp: Int64, number: Int64
  ) -> Int? {
    let before = builder.count == 0 ? 0 : byteCount
    guard builder.append(key: key, value: value, headers: headers, timestamp: timestamp) else { return nil }
    marks.append(number: number, timestamp: builder.format == .v0 ? -1 : timestamp)
    return byteCount - before
  }

  consuming func finish() -> FullBatch {
    let (marks, openedAt, heldBytes) = (marks, openedAt, byteCount)
    return FullBatch(draft: builder.finish(), marks: marks, openedAt: openedAt, heldBytes: heldBytes)
  }
}
