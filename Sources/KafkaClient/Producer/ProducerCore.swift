import Buffers
import KafkaCompression
import KafkaProtocol
import Synchronization
import Transport

/// The producer on the loop: takes batches from the accumulator, seals them, sends them to the leaders of their
/// partitions, and settles what comes back.
///
/// A batch goes out when it is full, when its linger has ended, or when the caller has no more records for now, and
/// the broker's window has room. While it has none, the open batch grows. Every record that was appended is settled
/// exactly once: acknowledged, failed, unknown, or unconfirmed.
actor ProducerCore {
  nonisolated let runtime: Runtime
  nonisolated let cluster: Cluster
  nonisolated let configuration: ProducerConfiguration
  nonisolated let accumulator: Accumulator
  nonisolated let onFailure: @Sendable (ProduceFailure) -> Void
  nonisolated let onDelivery: (@Sendable (ProduceDelivery) -> Void)?
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  nonisolated var clientConfiguration: KafkaClientConfiguration { cluster.configuration }
  var queues = OrderedTable<PartitionReference, PartitionQueue>()
  var outboxes = OrderedTable<Int32, Outbox>()
  var topicNames: [String] = []
  /// The ids of topics that have one (KIP-516). One that was deleted and created again has another.
  var topicIDs: [TopicIndex: TopicID] = [:]
  /// How many partitions topics have that were created again, perhaps with fewer than before.
  var partitionLimits: [TopicIndex: Int] = [:]
  var identity = ProducerIdentityState.none
  /// All records up to this one must be settled before the last flush ends.
  var flushMark = 0
  var nextNumber: UInt64 = 0
  var report = ProduceReport()
  /// The report as of the end of the client, for whoever asks when the loop has ended.
  nonisolated let lastReport = Mutex(ProduceReport())
  /// Why everything was given up, if it was.
  var abandonment: KafkaError?
  var flushers: [(mark: Int, continuation: CheckedContinuation<Void, Never>)] = []
  private var wakeTimer: EarliestTimer
  private var watchTimer: TimerID?
  private var observer: Cluster.ObserverID?
  var troubles = RepeatedLine()

  init(
    runtime: Runtime, cluster: Cluster, configuration: ProducerConfiguration, accumulator: Accumulator,
    onFailure: @escaping @Sendable (ProduceFailure) -> Void, onDelivery: (@Sendable (ProduceDelivery) -> Void)?
  ) {
    self.runtime = runtime
    self.cluster = cluster
    self.configuration = configuration
    self.accumulator = accumulator
    self.onFailure = onFailure
    self.onDelivery = onDelivery
    wakeTimer = EarliestTimer(runtime.loop)
  }

  /// Begins to follow leaders, and gets an identity where the configuration and the brokers allow it.
  func start(by deadline: Instant) async throws(KafkaError) {
    observer = await cluster.observe { [weak self] metadata in
      self?.assumeIsolated {
        $0.followTopics(metadata)
        $0.followLeaders()
      }
    } end: { [weak self] error in
      self?.assumeIsolated { $0.abandon(error) }
    }
    try await obtainFirstIdentity(by: deadline)
  }

  /// Opens a topic: `make` gives it a number, under which it is known here too.
  func register(_ name: String, _ make: @Sendable () -> ProducerTopic) -> ProducerTopic {
    let topic = make()
    if topicNames.count == topic.index.number {
      topicNames.append(name)
      let isFollowed = !isAbandoned
      topicIDs[topic.index] = cluster.assumeIsolated { cluster in
        if isFollowed { cluster.follow(name, createIfMissing: false) }
        return cluster.snapshot.topic(name)?.id
      }
    }
    return topic
  }

  /// Makes the connections over which a topic's records will be sent. If one cannot be made, the first batch for it
  /// will say so.
  func connectAhead(to topic: String) {
    guard !isAbandoned else { return }
    cluster.assumeIsolated { cluster in
      let leaders = Set((cluster.snapshot.topic(topic)?.partitions ?? []).compactMap(\.leader))
      cluster.connectAhead(toBrokers: leaders, for: .producing)
    }
  }

  var isAbandoned: Bool { abandonment != nil }

  nonisolated var finalReport: ProduceReport { lastReport.withLock { $0 } }

  /// The largest number of requests without an answer on one connection.
  var window: Int {
    switch (identity, configuration.acknowledgement) {
    case (.none, .all), (.none, .leader): 1
    case (.none, .none), (.known, _), (.renewing, _):
      min(ProducerConfiguration.idempotentWindow, max(configuration.maximumInFlight, 1))
    }
  }

  // MARK: Work from the accumulator

  /// Looks at the partitions that have something new. Called on the loop.
  func attend() {
    if let abandonment { return giveUpAppended(abandonment) }
    for reference in accumulator.takeListed() {
      let queue = queue(for: reference)
      queue.hasDrafts = true
      guard !isGone(queue) else {
        giveUpGone(queue)
        continue
      }
      sealAhead(queue)
      activate(queue)
    }
    dispatchAll()
    watch()
  }

  func queue(for reference: PartitionReference) -> PartitionQueue {
    if let known = queues[reference] { return known }
    let queue = PartitionQueue(
      reference: reference, topic: topicNames[reference.topic.number],
      backoff: Backoff(clientConfiguration.retryBackoff))
    queue.leader = leader(of: queue)
    queues.set(queue, for: reference)
    return queue
  }

  func leader(of queue: PartitionQueue) -> Int32? {
    let (topic, partition) = (queue.topic, queue.partition)
    return cluster.assumeIsolated { $0.snapshot.topic(topic)?.partition(partition)?.leader }
  }

  /// Puts a partition into its leader's list of those with work.
  func activate(_ queue: PartitionQueue) {
    guard !queue.isEmpty, !isGone(queue) else { return }
    guard let leader = queue.leader else { return requestRefresh() }
    outbox(of: leader).activate(queue)
  }

  func outbox(of broker: Int32) -> Outbox {
    if let known = outboxes[broker] { return known }
    let outbox = Outbox(broker: broker)
    outboxes.set(outbox, for: broker)
    return outbox
  }

  func requestRefresh() { cluster.assumeIsolated { $0.requestRefresh() } }

  /// Moves the queues whose leaders have changed.
  private func followLeaders() {
    for queue in queues.values {
      let leader = leader(of: queue)
      if let old = queue.leader, old != leader { outboxes[old]?.deactivate(queue) }
      queue.leader = leader ?? queue.leader
      if leader != nil { queue.unknownSince = nil }
      activate(queue)
    }
    dispatchAll()
  }

  // MARK: Settling

  /// Counts the records of a batch, gives its memory back, and forgets it.
  ///
  /// - Parameter recordBytes: The size of its record, if it has one alone and that matters.
  func settle(_ batch: PendingBatch, of queue: PartitionQueue, as outcome: Outcome, recordBytes: Int? = nil) {
    switch outcome {
    case .acknowledged(let baseOffset, let appendTime):
      report.acknowledged += batch.recordCount
      queue.remove(batch)
      queue.backoff.reset()
      onDelivery?(
        ProduceDelivery(
          topic: queue.topic, partition: queue.partition, baseOffset: baseOffset, recordCount: batch.recordCount,
          appendTime: appendTime, timestamps: batch.marks.timestamps))
    case .unconfirmed:
      report.unconfirmed += batch.recordCount
      queue.remove(batch)
    case .failed(let error):
      report.failed += batch.recordCount
      queue.removeLeavingGap(batch)
      tell(batch.marks, recordBytes, error)
    case .unknown(var error):
      error.isOutcomeUnknown = true
      report.unknown += batch.recordCount
      queue.remove(batch)
      tell(batch.marks, recordBytes, error)
      // Whether its sequence numbers are used up is not known either, so nothing may follow under this identity.
      renewIdentity()
    }
    accumulator.release(bytes: batch.heldBytes)
    finishFlushes()
  }

  /// Tells of records that were not acknowledged.
  func tell(_ marks: RecordMarks, _ recordBytes: Int?, _ error: KafkaError) {
    onFailure(
      ProduceFailure(
        recordCount: marks.numbers.count, recordBytes: recordBytes, error: error, numbers: marks.numbers))
  }

  enum Outcome {
    /// Stored from this offset on, or at an unknown one (-1), at the broker's time if that is the records'.
    case acknowledged(baseOffset: Int64, appendTime: Int64?)
    case unconfirmed
    case failed(KafkaError)
    case unknown(KafkaError)
  }

  // MARK: Timers

  /// Stops to look at what goes on.
  func stopWatching() {
    let (observer, topicNames) = (observer, topicNames)
    cluster.assumeIsolated { cluster in
      if let observer { cluster.stopObserving(observer) }
      for topic in topicNames { cluster.unfollow(topic) }
    }
    wakeTimer.stop()
    if let watchTimer { runtime.loop.cancel(watchTimer) }
    (self.observer, watchTimer) = (nil, nil)
  }

  /// Comes back at an instant, or before it where something else is due earlier: an open batch has waited long enough
  /// then, or a partition may be tried again.
  func wake(at instant: Instant) {
    wakeTimer.set(at: instant) { [weak self] in
      self?.assumeIsolated {
        $0.wakeTimer.stop()
        $0.dispatchAll()
      }
    }
  }

  /// Comes back from time to time while there is anything to settle, to see what has taken too long.
  private func watch() {
    guard watchTimer == nil, abandonment == nil else { return }
    let interval = min(.milliseconds(500), max(configuration.deliveryTimeout / 10, .milliseconds(10)))
    watchTimer = runtime.loop.schedule(at: runtime.loop.now + interval) { [weak self] in
      self?.assumeIsolated { $0.watchTimerFired() }
    }
  }

  private func watchTimerFired() {
    watchTimer = nil
    expire()
    giveUpGone()
    if queues.values.contains(where: { !$0.isEmpty && $0.leader == nil && !isGone($0) }) { requestRefresh() }
    if queues.values.contains(where: { !$0.isEmpty }) { watch() }
    dispatchAll()
  }

  /// Settles batches whose delivery timeout has ended and that are not in flight.
  private func expire() {
    let now = runtime.loop.now
    for queue in queues.values {
      pullExpired(queue, now: now)
      for batch in queue.batches where batch.state != .inFlight && batch.deadline <= now { giveUp(batch, of: queue) }
    }
  }

  /// Settles a batch whose delivery timeout has ended.
  func giveUp(_ batch: PendingBatch, of queue: PartitionQueue) {
    let cause = batch.failure
    let reason =
      "not acknowledged within \(configuration.deliveryTimeout.short)" + (cause.map { ": \($0.reason)" } ?? "")
    var late = KafkaError(.timedOut, reason, hint: cause?.hint)
    if let remedy = cause?.remedy { late.suggest(remedy) }
    let error = late.following(cause)
      .about(queue.topic, queue.partition).during("Produce", at: cause?.broker)
    settle(batch, of: queue, as: batch.mayBeStored ? .unknown(error) : .failed(error))
  }

  /// Records may have grown old in the accumulator while the broker's window was full.
  private func pullExpired(_ queue: PartitionQueue, now: Instant) {
    guard queue.hasDrafts, queue.batches.isEmpty else { return }
    if case .batch(let full) = accumulator.take(
      queue.reference, now: now, linger: configuration.deliveryTimeout, flushing: false)
    {
      admit(full, to: queue)
    }
  }
}
