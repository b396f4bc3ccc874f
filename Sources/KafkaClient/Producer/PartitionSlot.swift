import KafkaProtocol
import Transport

/// What those who append have of one partition: its open batch.
///
/// Guarded by the accumulator's lock of open batches.
struct PartitionSlot: ~Copyable {
  private var open: OpenBatch?
  /// About how many bytes the next batch will have, judging by those before it; nil while there are none.
  private(set) var expectedBytes: Int?

  var isOpen: Bool { open != nil }

  /// When the open batch was begun.
  var openedAt: Instant? {
    switch open {
    case .some(let batch): batch.openedAt
    case nil: nil
    }
  }

  /// Whether the open batch need not wait for more records.
  var isDue: Bool {
    switch open {
    case .some(let batch): batch.isDue
    case nil: false
    }
  }

  mutating func begin(_ batch: consuming OpenBatch) { open = consume batch }

  /// Copies a record into the open batch.
  ///
  /// - Returns: How much more memory that takes than before; nil if there is no open batch, or the record does not fit.
  @inline(__always)
  mutating func append(
    key: RawSpan?, value: RawSpan?, headers: borrowing EncodedHeaders, timestamp: Int64, number: Int64
  ) -> Int? {
    open?.append(key: key, value: value, headers: headers, timestamp: timestamp, number: number)
  }

  /// Says of the open batch, if there is one, that it need not wait for more records.
  mutating func markDue() { open?.isDue = true }

  /// Ends the open batch, if there is one.
  mutating func close() -> FullBatch? {
    guard let batch = open.take() else { return nil }
    // One small batch does not make the next ones grow again from its size.
    expectedBytes = max(batch.byteCount, (expectedBytes ?? 0) / 2)
    return batch.finish()
  }
}
