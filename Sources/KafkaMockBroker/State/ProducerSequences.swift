import KafkaProtocol

/// What a partition remembers of each idempotent producer (KIP-98): its epoch and its last batches.
struct ProducerSequences: Sendable {
  /// What is to be done with a batch.
  enum Verdict: Equatable {
    case append
    /// It is in the log already, from this offset on: a success that appends nothing.
    case duplicate(baseOffset: Int64)
    case refuse(ErrorCode)
  }

  private struct Entry: Equatable {
    var first: Int32
    var last: Int32
    var baseOffset: Int64
  }

  private struct Producer {
    var epoch: Int16
    var recent: [Entry]
  }

  /// How many batches of a producer a broker remembers.
  private static let remembered = 5

  private var producers: [Int64: Producer] = [:]

  /// Compares a batch with those before it.
  ///
  /// - Parameter refusesUnknown: Whether a producer that is not known must begin with sequence 0; brokers before 2.5
  ///   wanted so (KIP-360).
  func verdict(on batch: IncomingBatch, refusesUnknown: Bool) -> Verdict {
    guard batch.producerID >= 0 else { return .append }
    guard let producer = producers[batch.producerID] else {
      return refusesUnknown && batch.baseSequence != 0 ? .refuse(.unknownProducerId) : .append
    }
    guard batch.producerEpoch >= producer.epoch else { return .refuse(.invalidProducerEpoch) }
    guard batch.producerEpoch == producer.epoch else {
      return batch.baseSequence == 0 ? .append : .refuse(.outOfOrderSequenceNumber)
    }
    let same = producer.recent.first { $0.first == batch.baseSequence && $0.last == batch.lastSequence }
    if let same { return .duplicate(baseOffset: same.baseOffset) }
    guard let newest = producer.recent.last else { return .append }
    if batch.baseSequence == ProducerIdentity.sequence(newest.last, advancedBy: 1) { return .append }
    // Sequences wrap, so "older" is the nearer half of the circle.
    let isOlder = newest.last &- batch.lastSequence >= 0
    return .refuse(isOlder ? .duplicateSequenceNumber : .outOfOrderSequenceNumber)
  }

  /// Remembers a batch that was appended.
  mutating func note(_ batch: IncomingBatch, baseOffset: Int64) {
    guard batch.producerID >= 0 else { return }
    var producer = producers[batch.producerID] ?? Producer(epoch: batch.producerEpoch, recent: [])
    if producer.epoch != batch.producerEpoch { producer = Producer(epoch: batch.producerEpoch, recent: []) }
    producer.recent.append(Entry(first: batch.baseSequence, last: batch.lastSequence, baseOffset: baseOffset))
    if producer.recent.count > Self.remembered { producer.recent.removeFirst() }
    producers[batch.producerID] = producer
  }

  /// Forgets every producer, as when all their records have been deleted.
  mutating func removeAll() { producers = [:] }
}
