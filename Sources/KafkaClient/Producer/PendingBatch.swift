import KafkaProtocol
import Transport

/// A batch on its way to a broker, until its records are settled. Lives on the loop.
final class PendingBatch {
  enum State {
    /// Compressed or checksummed on a worker.
    case sealing
    /// To be sent; `sealed` is there.
    case ready
    /// Sent, and not answered.
    case inFlight
  }

  let number: UInt64
  let recordCount: Int
  /// What is remembered of each of its records.
  let marks: RecordMarks
  /// The memory that is counted for it.
  private(set) var heldBytes: Int
  /// When the delivery timeout ends.
  let deadline: Instant
  var state = State.sealing
  var sealed: SealedBatch?
  /// The numbers it goes by. They change when the producer gets another identity and when a batch before it is refused.
  var identity: ProducerIdentity?
  /// How far its sequence number must go down because batches before it were refused.
  var sequenceShift = 0
  /// Whether an earlier try may have been stored.
  var mayBeStored = false
  /// Why the last try failed, with those before it.
  var failure: KafkaError?
  /// How often the broker found the checksum wrong.
  var corruptions = 0
  /// How many more times it may be divided to find the records that a broker refuses without naming them; shared by the
  /// parts of a batch.
  var search: RefusalSearch?

  init(number: UInt64, recordCount: Int, marks: RecordMarks, heldBytes: Int, deadline: Instant) {
    self.number = number
    self.recordCount = recordCount
    self.marks = marks
    self.heldBytes = heldBytes
    self.deadline = deadline
  }

  /// Counts less memory for it, once its records are compressed.
  ///
  /// - Returns: How much less.
  func shrink(to sealedBytes: Int) -> Int {
    let before = heldBytes
    heldBytes = min(before, sealedBytes + marks.byteCount)
    return before - heldBytes
  }
}
