import KafkaProtocol
import Synchronization
import Transport

/// A batch that takes no more records, on its way from those who append to the producer on the loop.
///
/// A reference, so that its draft has one owner however it is handed on, and can be sealed where it lies.
final class FullBatch: Sendable {
  let recordCount: Int
  let marks: RecordMarks
  /// When its first record came: what linger and delivery timeout count from.
  let openedAt: Instant
  /// The bytes of memory that the accumulator counts for it until it is settled.
  let heldBytes: Int
  private let draft: Mutex<DraftBatch?>

  init(draft: consuming DraftBatch, marks: RecordMarks, openedAt: Instant, heldBytes: Int) {
    recordCount = draft.recordCount
    self.marks = marks
    self.openedAt = openedAt
    self.heldBytes = heldBytes
    self.draft = Mutex(draft)
  }

  /// Gives up the records; to be called once.
  func takeDraft() -> DraftBatch {
    guard let draft = draft.withLock({ $0.take() }) else { preconditionFailure("the records were taken before") }
    return draft
  }
}
