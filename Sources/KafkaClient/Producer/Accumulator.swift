import KafkaProtocol
import Synchronization
import Transport

/// Where those who append records and the producer on the loop meet: open and full batches, and the bytes they hold.
///
/// The lock is taken once for a block of records by those who append, and once for a batch by the producer; records
/// themselves never cross threads.
final class Accumulator: Sendable {
  private struct State {
    var topics: [TopicAppender] = []
    /// Partitions with new batches that the producer has not looked at.
    var listed: [PartitionReference] = []
    /// Whether the producer has been called and has not come yet.
    var isCalled = false
    /// The memory that batches take, open, full and sent ones, until their records are settled. Of an open batch that
    /// is what is reserved for it, which may be more than has been written.
    var heldBytes = 0
    var appendedRecords = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
    var isClosed = false
    var limit = 0

    var hasRoom: Bool { heldBytes < limit || isClosed }

    mutating func adjustLimit(_ configured: Int?) {
      let partitions = topics.reduce(0) { $0 + $1.slots.count }
      limit = configured ?? min(baseLimit + max(partitions - 1, 0) * partitionShare, maximumLimit)
    }
  }

  /// How much may be held for one partition: some more than a window of full requests.
  private static let baseLimit = 8 << 20
  /// How much more for each other partition: half a batch, so that many partitions do not make all batches small.
  private static let partitionShare = 1 << 19
  private static let maximumLimit = 20 << 20

  private let state = Mutex(State())
  private let configuredLimit: Int?

  /// - Parameter limit: How much memory may be held before appending waits; nil for one that depends on the number of
  ///   partitions.
  init(limit: Int?) { configuredLimit = limit }

  /// The records that were ever appended.
  var appendedRecords: Int { state.withLock { $0.appendedRecords } }

  /// The memory of all that is not settled.
  var heldBytes: Int { state.withLock { $0.heldBytes } }

  /// Adds a topic; its number is its place.
  func add(_ make: (TopicIndex) -> sending TopicAppender) -> TopicIndex {
    state.withLock { state in
      let index = TopicIndex(number: state.topics.count)
      state.topics.append(make(index))
      state.adjustLimit(configuredLimit)
      return index
    }
  }

  // MARK: Those who append

  /// Calls `body` under the lock.
  ///
  /// - Returns: Whether the producer must be called, because a batch has begun or ended.
  func fill(_ topic: TopicIndex, now: Instant, _ body: (inout TopicAppender) -> Void) -> Bool {
    state.withLock { state in
      state.topics[topic.number].now = now
      body(&state.topics[topic.number])
      let appended = state.topics[topic.number].takeAppended()
      state.heldBytes += appended.bytes
      state.appendedRecords += appended.records
      return Self.list(topic, in: &state)
    }
  }

  private static func list(_ topic: TopicIndex, in state: inout State) -> Bool {
    guard !state.topics[topic.number].touched.isEmpty else { return false }
    for slot in state.topics[topic.number].touched {
      state.listed.append(PartitionReference(topic: topic, partition: slot.partition))
    }
    state.topics[topic.number].touched.removeAll(keepingCapacity: true)
    defer { state.isCalled = true }
    return !state.isCalled
  }

  /// Says of all open batches that they need not wait for more records.
  ///
  /// - Returns: Whether there is any.
  func markAllDue() -> Bool {
    state.withLock { state in
      var any = false
      for topic in state.topics {
        for slot in topic.slots where slot.open != nil {
          slot.open?.isDue = true
          any = true
          guard !slot.isListed else { continue }
          slot.isListed = true
          state.listed.append(PartitionReference(topic: topic.topic, partition: slot.partition))
        }
      }
      return any
    }
  }

  /// Waits while more memory is held than the limit allows, and then until a quarter of it is free.
  func waitForRoom() async {
    await withCheckedContinuation { continuation in
      let isRoom = state.withLock { state in
        if state.hasRoom { return true }
        state.waiters.append(continuation)
        return false
      }
      if isRoom { continuation.resume() }
    }
  }

  /// Whether there is room now; cheaper than to wait for it.
  var hasRoom: Bool { state.withLock { $0.hasRoom } }

  // MARK: The producer

  /// The partitions that have something new, each once.
  func takeListed() -> [PartitionReference] {
    state.withLock { state in
      state.isCalled = false
      let listed = state.listed
      state.listed = []
      for reference in listed { state.topics[reference.topic.number].slots[Int(reference.partition)].isListed = false }
      return listed
    }
  }

  /// What there is for a partition, oldest first.
  enum Taken {
    case batch(FullBatch)
    /// There is only an open batch, which may wait until then.
    case notBefore(Instant)
    case nothing
  }

  /// Takes the oldest batch of a partition: a full one, or the open one when it is due.
  ///
  /// - Parameter flushing: Whether open batches are due in any case.
  func take(_ reference: PartitionReference, now: Instant, linger: Duration, flushing: Bool) -> Taken {
    state.withLock { state in
      let slot = state.topics[reference.topic.number].slots[Int(reference.partition)]
      if slot.full.isEmpty {
        guard let openedAt = slot.open?.openedAt else { return .nothing }
        let due = openedAt + linger
        guard slot.open?.isDue == true || flushing || due <= now else { return .notBefore(due) }
        slot.close()
        state.topics[reference.topic.number].batchLeft(Int(reference.partition))
      }
      return .batch(slot.full.removeFirst())
    }
  }

  /// Takes all that there is, of every topic and partition, due or not.
  func takeAll() -> [(PartitionReference, FullBatch)] {
    state.withLock { state in
      state.isCalled = false
      state.listed = []
      var taken: [(PartitionReference, FullBatch)] = []
      for topic in state.topics {
        for slot in topic.slots {
          slot.close()
          slot.isListed = false
          taken += slot.full.map { (PartitionReference(topic: topic.topic, partition: slot.partition), $0) }
          slot.full = []
        }
      }
      return taken
    }
  }

  /// Whether nothing that is appended will be sent any more.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Gives back memory that was held for records which are settled, or now takes less.
  func release(bytes: Int) {
    let waiters = state.withLock { state in
      state.heldBytes -= bytes
      // Whoever waits has all open batches sent first. Let go for every little, he would make them all small.
      guard state.heldBytes <= state.limit / 4 * 3 || state.isClosed else {
        return [CheckedContinuation<Void, Never>]()
      }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Uses partitions that were added to a topic.
  func growTopic(_ topic: TopicIndex, to partitions: Int) {
    state.withLock { state in
      state.topics[topic.number].grow(to: partitions)
      state.adjustLimit(configuredLimit)
    }
  }

  /// Makes a topic's batches smaller from now on.
  func limitBatches(of topic: TopicIndex, to bytes: Int) {
    state.withLock { $0.topics[topic.number].limitBatches(to: bytes) }
  }

  /// Lets nobody wait any more.
  func close() {
    let waiters = state.withLock { state in
      state.isClosed = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

/// A partition of a topic of one producer.
struct PartitionReference: Hashable, Sendable {
  var topic: TopicIndex
  var partition: Int32
}
