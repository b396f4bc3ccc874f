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
  let heldBytes: Int
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

  init(number: UInt64, recordCount: Int, heldBytes: Int, deadline: Instant) {
    self.number = number
    self.recordCount = recordCount
    self.heldBytes = heldBytes
    self.deadline = deadline
  }
}
