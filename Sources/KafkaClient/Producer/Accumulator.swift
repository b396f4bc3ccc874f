import KafkaProtocol
import Synchronization
import Transport

/// Where those who append records and the producer on the loop meet: open and full batches, and the memory they take.
///
/// Open batches are locked for as long as a block of records is appended, which is most of the time under load. What is
/// handed over has a lock of its own, which is held for moments, so that the producer need not wait for the end of a
/// block: it takes full batches, and looks at open ones only while nobody appends. Records themselves never cross
/// threads.
final class Accumulator: Sendable {
  /// Locked before ``handover`` where both are.
  private let appenders = Mutex<[TopicAppender]>([])
  private let handover = Mutex(Handover())
  private let configuredLimit: Int?

  /// What passes between those who append and the producer.
  private struct Handover {
    /// Full batches, oldest first.
    var full: [PartitionReference: [FullBatch]] = [:]
    /// Partitions with new batches that the producer has not looked at.
    var listed: [PartitionReference] = []
    /// The same, to list each once.
    var isListed: Set<PartitionReference> = []
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

    mutating func list(_ reference: PartitionReference) {
      if isListed.insert(reference).inserted { listed.append(reference) }
    }

    mutating func take(_ progress: TopicAppender.Progress, of topic: TopicIndex) {
      heldBytes += progress.bytes
      appendedRecords += progress.records
      for (partition, batch) in progress.ended {
        full[PartitionReference(topic: topic, partition: partition), default: []].append(batch)
      }
      for partition in progress.begun { list(PartitionReference(topic: topic, partition: partition)) }
    }

    mutating func takeOldest(_ reference: PartitionReference) -> FullBatch? {
      guard let batch = full[reference]?.removeFirst() else { return nil }
      if full[reference]?.isEmpty == true { full[reference] = nil }
      return batch
    }

    /// - Returns: Whether the producer must be called.
    mutating func call() -> Bool {
      defer { isCalled = true }
      return !isCalled
    }
  }

  /// How much may be held for one partition: some more than a window of full requests.
  private static let baseLimit = 8 << 20
  /// How much more for each other partition: half a batch, so that many partitions do not make all batches small.
  private static let partitionShare = 1 << 19
  private static let maximumLimit = 17 << 20
  /// After how long the producer looks again at an open batch to which records were being appended: about as long as
  /// that takes for a block of them.
  private static let busyWait = Duration.milliseconds(1)

  /// - Parameter limit: How much memory may be held before appending waits; nil for one that depends on the number of
  ///   partitions.
  init(limit: Int?) { configuredLimit = limit }

  /// The records that were ever appended.
  var appendedRecords: Int { handover.withLock { $0.appendedRecords } }

  /// The memory of all that is not settled.
  var heldBytes: Int { handover.withLock { $0.heldBytes } }

  // MARK: Topics

  /// Adds a topic; its number is its place.
  func add(_ make: (TopicIndex) -> sending TopicAppender) -> TopicIndex {
    appenders.withLock { appenders in
      let index = TopicIndex(number: appenders.count)
      appenders.append(make(index))
      adjustLimit(appenders)
      return index
    }
  }

  /// How many partitions of a topic are used.
  func partitionCount(of topic: TopicIndex) -> Int { appenders.withLock { $0[topic.number].partitionCount } }

  /// Uses so many partitions of a topic from now on. If they are fewer than before, the open batches of the others take
  /// no more records.
  func setPartitionCount(of topic: TopicIndex, to count: Int) {
    appenders.withLock { appenders in
      appenders[topic.number].setPartitionCount(count)
      let progress = appenders[topic.number].takeProgress()
      handover.withLock { $0.take(progress, of: topic) }
      adjustLimit(appenders)
    }
  }

  private func adjustLimit(_ appenders: [TopicAppender]) {
    let partitions = appenders.reduce(0) { $0 + $1.partitionCount }
    let limit =
      configuredLimit ?? min(Self.baseLimit + max(partitions - 1, 0) * Self.partitionShare, Self.maximumLimit)
    handover.withLock { $0.limit = limit }
  }

  /// Makes a topic's batches smaller from now on.
  func limitBatches(of topic: TopicIndex, to bytes: Int) {
    appenders.withLock { $0[topic.number].limitBatches(to: bytes) }
  }

  // MARK: Those who append

  /// Calls `body` with a topic's open batches locked.
  ///
  /// - Returns: Whether the producer must be called, because a batch has begun.
  func fill(_ topic: TopicIndex, now: Instant, _ body: (inout TopicAppender) -> Void) -> Bool {
    appenders.withLock { appenders in
      appenders[topic.number].now = now
      appenders[topic.number].room = handover.withLock { $0.limit - $0.heldBytes }
      body(&appenders[topic.number])
      let progress = appenders[topic.number].takeProgress()
      return handover.withLock { handover in
        handover.take(progress, of: topic)
        return progress.begun.isEmpty ? false : handover.call()
      }
    }
  }

  /// Says of all open batches that they need not wait for more records.
  ///
  /// - Returns: Whether there is any.
  func markAllDue() -> Bool {
    appenders.withLock { appenders in
      var due: [PartitionReference] = []
      for topic in appenders {
        for index in topic.slots.indices where topic.slots[index].isOpen {
          topic.slots[index].markDue()
          due.append(PartitionReference(topic: topic.topic, partition: Int32(index)))
        }
      }
      if !due.isEmpty { handover.withLock { for reference in due { $0.list(reference) } } }
      return !due.isEmpty
    }
  }

  /// Waits while more memory is held than the limit allows, and then until a quarter of it is free.
  ///
  /// - Parameter onWait: Called if there is something to wait for, once it is certain that the wait will not go
  ///   unnoticed: batches that are begun from then on are due at once, and open ones may have to be made so.
  func waitForRoom(onWait: () -> Void = {}) async {
    await withCheckedContinuation { continuation in
      let isRoom = handover.withLock { handover in
        if handover.hasRoom { return true }
        handover.waiters.append(continuation)
        return false
      }
      if isRoom { continuation.resume() } else { onWait() }
    }
  }

  /// Whether somebody waits for room, which open batches may take.
  var isAwaited: Bool { handover.withLock { !$0.waiters.isEmpty } }

  /// Whether there is room now; cheaper than to wait for it.
  var hasRoom: Bool { handover.withLock { $0.hasRoom } }

  // MARK: The producer

  /// The partitions that have something new, each once.
  func takeListed() -> [PartitionReference] {
    handover.withLock { handover in
      handover.isCalled = false
      handover.isListed.removeAll(keepingCapacity: true)
      defer { handover.listed = [] }
      return handover.listed
    }
  }

  /// What there is for a partition, oldest first.
  enum Taken {
    case batch(FullBatch)
    /// There is at most an open batch, which may wait until then.
    case notBefore(Instant)
    case nothing
  }

  /// Takes the oldest batch of a partition: a full one, or the open one when it is due.
  ///
  /// - Parameter flushing: Whether open batches are due in any case.
  func take(_ reference: PartitionReference, now: Instant, linger: Duration, flushing: Bool) -> Taken {
    if let full = handover.withLock({ $0.takeOldest(reference) }) { return .batch(full) }
    let taken = appenders.withLockIfAvailable { appenders -> Taken in
      // Whoever appended may have handed over a batch since.
      if let full = handover.withLock({ $0.takeOldest(reference) }) { return .batch(full) }
      return Self.takeOpen(reference, of: &appenders[reference.topic.number], now: now, linger, flushing)
    }
    return taken ?? .notBefore(now + Self.busyWait)
  }

  private static func takeOpen(
    _ reference: PartitionReference, of topic: inout TopicAppender, now: Instant, _ linger: Duration, _ flushing: Bool
  ) -> Taken {
    let partition = Int(reference.partition)
    guard let openedAt = topic.slots[partition].openedAt else { return .nothing }
    let due = openedAt + linger
    guard topic.slots[partition].isDue || flushing || due <= now else { return .notBefore(due) }
    return topic.end(partition).map { .batch($0) } ?? .nothing
  }

  /// Takes all that there is, of every topic and partition, due or not.
  func takeAll() -> [(PartitionReference, FullBatch)] {
    appenders.withLock { appenders in
      var full = handover.withLock { handover in
        handover.isCalled = false
        handover.listed = []
        handover.isListed = []
        defer { handover.full = [:] }
        return handover.full
      }
      var taken: [(PartitionReference, FullBatch)] = []
      for index in appenders.indices {
        for partition in appenders[index].slots.indices {
          let reference = PartitionReference(topic: appenders[index].topic, partition: Int32(partition))
          taken += (full.removeValue(forKey: reference) ?? []).map { (reference, $0) }
          if let open = appenders[index].end(partition) { taken.append((reference, open)) }
        }
      }
      return taken
    }
  }

  /// Whether nothing that is appended will be sent any more.
  var isClosed: Bool { handover.withLock { $0.isClosed } }

  /// Gives back memory that was held for records which are settled, or now takes less.
  func release(bytes: Int) {
    let waiters = handover.withLock { handover in
      handover.heldBytes -= bytes
      // Whoever waits has all open batches sent first. Let go for every little, he would make them all small.
      guard handover.heldBytes <= handover.limit / 4 * 3 || handover.isClosed else {
        return [CheckedContinuation<Void, Never>]()
      }
      defer { handover.waiters = [] }
      return handover.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Lets nobody wait any more.
  func close() {
    let waiters = handover.withLock { handover in
      handover.isClosed = true
      defer { handover.waiters = [] }
      return handover.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}

/// A partition of a topic of one producer.
struct PartitionReference: Hashable, Sendable {
  var topic: TopicIndex
  var partition: Int32
}
