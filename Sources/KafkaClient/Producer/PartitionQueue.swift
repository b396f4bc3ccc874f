import KafkaProtocol
import Transport

/// The batches of one partition in order, and where they stand. Lives on the loop.
///
/// When the partition's leader moves, the queue moves from one broker's outbox to another's; nothing in it changes.
final class PartitionQueue {
  enum Mode: Equatable {
    case sending
    /// A batch failed; nothing is sent until those behind it have been answered, so that the order is kept.
    case draining
    /// Nothing is sent until then.
    case waiting(until: Instant)
  }

  let reference: PartitionReference
  let topic: String
  var leader: Int32?
  var mode = Mode.sending
  private(set) var batches: [PendingBatch] = []
  private(set) var inFlight = 0
  /// Whether the accumulator may hold more for this partition.
  var hasDrafts = false
  /// Whether the queue is in its leader's list of those with work.
  var isActive = false
  var backoff: Backoff
  /// The sequence number for the next batch (KIP-98), and the identity that it counts under.
  private var nextSequence: Int32 = 0
  private(set) var identityNumber = -1
  /// Whether the broker has stored a batch under that identity. A broker that knows nothing of a producer takes any
  /// sequence number, so until then a batch must not be sent behind one that may fail.
  var isIdentityKnown = false
  /// When the brokers first said that the topic does not exist, without having known it since.
  var unknownSince: Instant?

  init(reference: PartitionReference, topic: String, backoff: Backoff) {
    self.reference = reference
    self.topic = topic
    self.backoff = backoff
  }

  var partition: Int32 { reference.partition }
  var isEmpty: Bool { batches.isEmpty && !hasDrafts }

  /// The batch to send next, if it is sealed; batches leave in order.
  var next: PendingBatch? {
    guard let first = batches.first(where: { $0.state != .inFlight }), first.state == .ready else { return nil }
    return first
  }

  /// Whether another batch may be sent behind those in flight.
  var mayPipeline: Bool { inFlight == 0 || identityNumber < 0 || isIdentityKnown }

  /// Whether all batches that there are have been sent.
  var hasSentAll: Bool { batches.allSatisfy { $0.state == .inFlight } }

  func append(_ batch: PendingBatch) { batches.append(batch) }

  func markSent(_ batch: PendingBatch) {
    batch.state = .inFlight
    inFlight += 1
  }

  /// Takes back a batch that was answered or whose connection ended.
  func markReturned(_ batch: PendingBatch) {
    guard batch.state == .inFlight else { return }
    batch.state = .ready
    inFlight -= 1
  }

  /// Removes a batch whose records are settled.
  func remove(_ batch: PendingBatch) {
    markReturned(batch)
    batches.removeAll { $0 === batch }
  }

  /// Puts the parts of a batch in its place; together they go by the same sequence numbers, but for records that are
  /// dropped: what is behind moves up into the numbers of those.
  func replace(_ batch: PendingBatch, by parts: [PendingBatch]) {
    markReturned(batch)
    guard let place = batches.firstIndex(where: { $0 === batch }) else { return }
    let dropped = batch.recordCount - parts.reduce(0) { $0 + $1.recordCount }
    if dropped > 0 { closeUp(by: dropped, behind: place) }
    batches.replaceSubrange(place...place, with: parts)
  }

  /// Sends nothing until all that is in flight has come back, and then one batch alone: another topic has taken the
  /// place of the one that the batches in flight are for.
  func beginAnew() {
    isIdentityKnown = false
    if inFlight > 0 { mode = .draining }
  }

  func batch(_ number: UInt64) -> PendingBatch? { batches.first { $0.number == number } }

  // MARK: Sequence numbers

  /// The numbers for a batch of `count` records that is appended now.
  func takeIdentity(_ producer: ProducerIdentity?, count: Int) -> ProducerIdentity? {
    guard var identity = producer else { return nil }
    identity.baseSequence = nextSequence
    nextSequence = ProducerIdentity.sequence(nextSequence, advancedBy: count)
    return identity
  }

  /// Begins to count under another identity.
  ///
  /// - Returns: The batches whose numbers changed and which must be sealed again. None may be in flight.
  func renumber(_ producer: ProducerIdentity, number: Int) -> [PendingBatch] {
    precondition(inFlight == 0)
    identityNumber = number
    isIdentityKnown = false
    nextSequence = 0
    for batch in batches {
      batch.identity = takeIdentity(producer, count: batch.recordCount)
      batch.sequenceShift = 0
    }
    return batches
  }

  /// Removes a batch that was certainly not stored. Those behind it will move up into its sequence numbers, once all
  /// that are in flight have come back: the broker refuses them as they are.
  func removeLeavingGap(_ batch: PendingBatch) {
    guard let place = batches.firstIndex(where: { $0 === batch }) else { return }
    closeUp(by: batch.recordCount, behind: place)
    remove(batch)
  }

  private func closeUp(by count: Int, behind place: Int) {
    guard batches[place].identity != nil else { return }
    for later in batches[(place + 1)...] { later.sequenceShift += count }
    nextSequence = ProducerIdentity.sequence(nextSequence, advancedBy: -count)
  }

  /// Whether batches must get other numbers before anything is sent.
  var hasGaps: Bool { batches.contains { $0.sequenceShift > 0 } }

  /// Closes the gaps that removed batches left.
  ///
  /// - Returns: The batches whose numbers changed and which must be sealed again. None may be in flight.
  func closeGaps() -> [PendingBatch] {
    precondition(inFlight == 0)
    let moved = batches.filter { $0.sequenceShift > 0 }
    for batch in moved {
      if let base = batch.identity?.baseSequence {
        batch.identity?.baseSequence = ProducerIdentity.sequence(base, advancedBy: -batch.sequenceShift)
      }
      batch.sequenceShift = 0
    }
    return moved
  }
}
