import Buffers
import KafkaCompression
import KafkaProtocol
import Transport

/// From the accumulator to the wire.
extension ProducerCore {
  /// How many batches of a partition are compressed before they can be sent.
  private static let sealAheadLimit = 4
  /// The size at which a request takes no more batches.
  private static let requestBytes = 8 << 20

  func dispatchAll() {
    guard !isAbandoned else { return }
    for outbox in outboxes.values.sorted(by: { $0.broker < $1.broker }) { dispatch(outbox) }
  }

  /// Sends to a broker as much as there is and as its window takes.
  func dispatch(_ outbox: Outbox) {
    guard !isAbandoned, !outbox.active.isEmpty else { return }
    guard let connection = outbox.connection, let versions = outbox.versions else { return open(outbox) }
    while outbox.requests.count < window, outbox.unconfirmedBytes < unconfirmedLimit {
      let batches = select(from: outbox)
      guard !batches.isEmpty else { return }
      send(batches, to: outbox, over: connection, versions)
      outbox.rotate()
    }
  }

  /// At most one batch of each partition, up to the size of a request.
  private func select(from outbox: Outbox) -> [(queue: PartitionQueue, batch: PendingBatch)] {
    let now = runtime.loop.now
    var selected: [(queue: PartitionQueue, batch: PendingBatch)] = []
    var size = 0
    for queue in outbox.active {
      guard isSending(queue, now: now), queue.mayPipeline else { continue }
      guard let batch = nextBatch(of: queue, now: now), let sealed = batch.sealed else { continue }
      guard selected.isEmpty || size + sealed.bytes.count <= Self.requestBytes else { break }
      size += sealed.bytes.count
      selected.append((queue, batch))
    }
    return selected
  }

  /// The batch of a partition to send now, if any. What has waited too long is given up rather than sent.
  private func nextBatch(of queue: PartitionQueue, now: Instant) -> PendingBatch? {
    while true {
      if queue.hasSentAll { pull(queue, now: now) }
      guard let batch = queue.next else { return nil }
      guard batch.deadline <= now else { return batch }
      giveUp(batch, of: queue)
    }
  }

  private func isSending(_ queue: PartitionQueue, now: Instant) -> Bool {
    switch queue.mode {
    case .draining: return false
    case .waiting(let until):
      guard until <= now else {
        // The timer may have been set for another partition since, which was due earlier.
        wake(at: until)
        return false
      }
      queue.mode = .sending
    case .sending: break
    }
    guard adoptIdentity(queue) else { return false }
    if queue.hasGaps {
      guard queue.inFlight == 0 else { return false }
      reseal(queue.closeGaps())
    }
    return true
  }

  /// Takes the next batch of a partition from the accumulator, if it is time.
  private func pull(_ queue: PartitionQueue, now: Instant) {
    guard queue.hasDrafts else { return }
    let flushing = isFlushing || accumulator.isAwaited
    switch accumulator.take(queue.reference, now: now, linger: configuration.linger, flushing: flushing) {
    case .batch(let full): admit(full, to: queue)
    case .notBefore(let due): wake(at: due)
    case .nothing: queue.hasDrafts = false
    }
  }

  /// With a codec, full batches are compressed before it is their turn.
  func sealAhead(_ queue: PartitionQueue) {
    guard configuration.compression.codec != .none, adoptIdentity(queue) else { return }
    while queue.batches.count < Self.sealAheadLimit,
      case .batch(let full) = accumulator.take(
        queue.reference, now: runtime.loop.now, linger: configuration.deliveryTimeout, flushing: false)
    {
      admit(full, to: queue)
    }
  }

  /// Puts a batch into its partition's queue and has it sealed.
  func admit(_ full: FullBatch, to queue: PartitionQueue) {
    nextNumber += 1
    let batch = PendingBatch(
      number: nextNumber, recordCount: full.recordCount, marks: full.marks, heldBytes: full.heldBytes,
      deadline: full.openedAt + configuration.deliveryTimeout)
    batch.identity = queue.takeIdentity(identity.current, count: batch.recordCount)
    queue.append(batch)
    seal(full.takeDraft(), as: batch, of: queue)
  }

  // MARK: Sealing

  /// Compresses on a worker; what is only to be checksummed is sealed at once.
  func seal(_ draft: consuming DraftBatch, as batch: PendingBatch, of queue: PartitionQueue) {
    let (number, reference) = (batch.number, queue.reference)
    let (compression, identity) = (configuration.compression, batch.identity)
    guard compression.codec != .none else {
      return sealed(number, of: reference, identity, Self.seal(draft, compression, identity))
    }
    let unsealed = draft
    runtime.workers.submit { [self] in
      let result = Self.seal(unsealed, compression, identity)
      runtime.loop.execute { [self] in
        assumeIsolated {
          $0.sealed(number, of: reference, identity, result)
          $0.dispatchAll()
        }
      }
    }
  }

  private nonisolated static func seal(
    _ draft: consuming DraftBatch, _ compression: Compression, _ identity: ProducerIdentity?
  ) -> Result<SealedBatch, KafkaError> {
    do { return .success(try BatchSealer.seal(draft, compression: compression, producer: identity)) } catch {
      return .failure(KafkaError(.invalidArgument, "cannot compress a batch: \(error)"))
    }
  }

  private func sealed(
    _ number: UInt64, of reference: PartitionReference, _ identity: ProducerIdentity?,
    _ result: Result<SealedBatch, KafkaError>
  ) {
    guard let queue = queues[reference], let batch = queue.batch(number) else { return }
    switch result {
    case .success(let sealed):
      // Its numbers may have changed while a worker compressed it.
      batch.sealed = sealed
      batch.state = .ready
      if sealed.codec != .none { accumulator.release(bytes: batch.shrink(to: sealed.bytes.count)) }
      if batch.identity != identity { reseal([batch]) }
    case .failure(let error):
      settle(batch, of: queue, as: .failed(error.about(queue.topic, queue.partition).during("Produce")))
    }
  }

  /// Gives batches that wait new numbers; their records are not compressed again.
  func reseal(_ batches: [PendingBatch]) {
    for batch in batches {
      guard let identity = batch.identity, let sealed = batch.sealed else { continue }
      batch.sealed = sealed.resealed(producer: identity)
    }
  }

  // MARK: Sending

  private func send(
    _ batches: [(queue: PartitionQueue, batch: PendingBatch)], to outbox: Outbox, over connection: BrokerConnection,
    _ versions: BrokerVersions
  ) {
    let version: Int16
    do throws(KafkaError) {
      version = try versions.require(ProduceRequest.self, in: produceVersions(for: batches))
    } catch {
      for (queue, batch) in batches { settle(batch, of: queue, as: .failed(error.about(queue.topic, queue.partition))) }
      return
    }
    let earliest = batches.lazy.map(\.batch.deadline).min() ?? runtime.loop.now
    let timeout = min(clientConfiguration.requestTimeout, max(earliest - runtime.loop.now, .milliseconds(100)))
    let request = request(for: batches, timeout: timeout)
    for (queue, batch) in batches {
      queue.markSent(batch)
      clientConfiguration.report(
        .debug, in: .producer,
        "\(queue.topic):\(queue.partition): \(batch.recordCount) records in \(batch.sealed?.bytes.count ?? 0) bytes to "
          + name(of: outbox.broker) + (batch.identity.map { ", from number \($0.baseSequence)" } ?? ""))
    }
    if configuration.acknowledgement == .none {
      return sendUnconfirmed(request, batches, to: outbox, over: connection, version)
    }
    nextNumber += 1
    let (number, broker) = (nextNumber, outbox.broker)
    let names = request.topicData.map { ($0.topicId, $0.name) }
    outbox.sent(
      number,
      .init(version: version, topicNames: Dictionary(names) { first, _ in first }, batches: batches))
    connection.assumeIsolated {
      $0.submit(request, version: version, timeout: timeout) { [weak self] result in
        self?.assumeIsolated { $0.answered(number, by: broker, result) }
      }
    }
  }

  /// By their ids topics are named only where all have one: a request cannot mix ids and names.
  private func produceVersions(
    for batches: [(queue: PartitionQueue, batch: PendingBatch)]
  ) -> ClosedRange<Int16> {
    let haveIDs = batches.allSatisfy { topicIDs[$0.queue.reference.topic] != nil }
    return haveIDs ? ProduceRequest.versionsByID : ProduceRequest.versionsByName
  }

  private func request(
    for batches: [(queue: PartitionQueue, batch: PendingBatch)], timeout: Duration
  ) -> ProduceRequest {
    var topics: [ProduceRequest.Topic] = []
    var places: [TopicIndex: Int] = [:]
    for (queue, batch) in batches {
      let place = places[queue.reference.topic] ?? topics.count
      if place == topics.count {
        topics.append(.init(name: queue.topic, topicId: topicIDs[queue.reference.topic]?.uuid ?? .zero))
        places[queue.reference.topic] = place
      }
      topics[place].partitionData.append(.init(index: queue.partition, records: batch.sealed?.bytes))
    }
    // The broker gets less, so that its own word that replicas were too slow comes before the connection is given up.
    return ProduceRequest(
      acks: configuration.acknowledgement.rawValue, timeoutMs: Int32(clamping: (timeout * 9 / 10).milliseconds),
      topicData: topics)
  }

  private func sendUnconfirmed(
    _ request: ProduceRequest, _ batches: [(queue: PartitionQueue, batch: PendingBatch)], to outbox: Outbox,
    over connection: BrokerConnection, _ version: Int16
  ) {
    let failure = connection.assumeIsolated { $0.submitWithoutAnswer(request, version: version) }
    for (queue, batch) in batches {
      if failure == nil {
        outbox.unconfirmedRecords += batch.recordCount
        outbox.unconfirmedBytes += batch.sealed?.bytes.count ?? 0
      }
      settle(batch, of: queue, as: failure.map { .failed($0.about(queue.topic, queue.partition)) } ?? .unconfirmed)
    }
    if outbox.unconfirmedBytes >= unconfirmedLimit / 2, !outbox.isConfirming { askForConfirmation(outbox) }
  }

  // MARK: Connecting

  private func open(_ outbox: Outbox) {
    guard !outbox.isConnecting else { return }
    outbox.isConnecting = true
    let broker = outbox.broker
    cluster.tasks.start { await self.connect(to: broker) }
  }

  private func connect(to broker: Int32) async {
    let outbox = outbox(of: broker)
    do throws(KafkaError) {
      let (connection, versions) = try await cluster.connect(toBroker: broker, for: .producing)
      outbox.isConnecting = false
      guard !isAbandoned else { return }
      outbox.connection = connection
      outbox.versions = versions
      observe(connection, to: broker)
    } catch {
      outbox.isConnecting = false
      for queue in outbox.active { for batch in queue.batches { batch.failure = error.following(batch.failure) } }
      noteTrouble(error)
      guard error.code != .cancelled else { return }
      requestRefresh()
    }
    dispatch(outbox)
  }

  private func observe(_ connection: BrokerConnection, to broker: Int32) {
    let owner = ObjectIdentifier(self)
    connection.assumeIsolated {
      $0.notifyClose(owner) { [weak self] error in
        self?.assumeIsolated { $0.connectionEnded(broker, connection, error) }
      }
    }
  }

  private func connectionEnded(_ broker: Int32, _ connection: BrokerConnection, _ error: KafkaError) {
    let outbox = outbox(of: broker)
    guard outbox.connection === connection else { return }
    outbox.connection = nil
    outbox.versions = nil
    // An idle connection that a broker closes is no trouble; the next batch makes another.
    let isIdle = outbox.unconfirmedBytes == 0 && outbox.active.allSatisfy { $0.batches.isEmpty && !$0.hasDrafts }
    loseUnconfirmed(of: outbox)
    guard !isIdle, !isAbandoned else { return }
    noteTrouble(error)
    requestRefresh()
    dispatch(outbox)
  }
}
