import KafkaProtocol
import Transport

/// The records of one partition that are still in the hands of those who append: one open batch and the full ones.
///
/// Guarded by the accumulator's lock.
final class PartitionSlot {
  let partition: Int32
  var open: OpenBatch?
  var full: [FullBatch] = []
  /// Whether the producer has been told of this partition and has not looked yet.
  var isListed = false

  init(partition: Int32) { self.partition = partition }

  /// Ends the open batch, if there is one, and puts it behind the full ones.
  func close() {
    guard let batch = open.take() else { return }
    full.append(batch.finish())
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
