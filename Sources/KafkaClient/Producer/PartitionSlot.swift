import KafkaProtocol
import Transport

/// The records of one partition that are still in the hands of those who append: one open batch and the full ones.
///
/// Guarded by the accumulator's lock.
final class PartitionSlot {
  let partition: Int32
  var open: RecordBatchBuilder?
  /// When the first record of the open batch came.
  var openedAt = Instant(nanoseconds: 0)
  /// Whether the open batch need not wait for more records.
  var isDue = false
  var full: [FullBatch] = []
  /// What is remembered of the records of the open batch.
  private var marks: RecordMarks
  private let noMarks: RecordMarks
  /// The bytes of the open batch that the accumulator has counted.
  private var countedBytes = 0
  /// Whether the producer has been told of this partition and has not looked yet.
  var isListed = false

  init(partition: Int32, keepsTimestamps: Bool) {
    self.partition = partition
    noMarks = RecordMarks(keepsTimestamps: keepsTimestamps)
    marks = noMarks
  }

  /// Remembers a record that the open batch has taken.
  @inline(__always)
  func mark(number: Int64, timestamp: Int64) { marks.append(number: number, timestamp: timestamp) }

  /// The bytes that the open batch has grown by since the last call.
  func countOpenBytes() -> Int {
    let bytes = (open?.byteCount ?? 0) + marks.byteCount
    defer { countedBytes = bytes }
    return bytes - countedBytes
  }

  /// Ends the open batch, if there is one, and puts it behind the full ones.
  func close() {
    guard let builder = open.take() else { return }
    full.append(FullBatch(draft: builder.finish(), marks: marks, openedAt: openedAt, heldBytes: countedBytes))
    marks = noMarks
    countedBytes = 0
    isDue = false
  }
}

/// A batch that takes no more records.
struct FullBatch: Sendable {
  var draft: DraftBatch
  var marks: RecordMarks
  /// When its first record came: what linger and delivery timeout count from.
  var openedAt: Instant
  /// The bytes that the accumulator counts for it until it is settled.
  var heldBytes: Int
}
