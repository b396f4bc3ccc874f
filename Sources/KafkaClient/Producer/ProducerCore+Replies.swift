import Buffers
import KafkaProtocol
import Transport

/// What brokers answer, and what becomes of the batches.
extension ProducerCore {
  /// How long the brokers may say that a topic does not exist which they knew when the producer began.
  private static let unknownTopicPatience: Duration = .seconds(30)
  /// How often a batch is sent again whose checksum the broker found wrong.
  private static let corruptionLimit = 3

  /// A request was answered, or its connection ended.
  func answered(_ number: UInt64, by broker: Int32, _ result: Result<Bytes, KafkaError>) {
    let outbox = outbox(of: broker)
    guard let request = outbox.answered(number), !isAbandoned else { return }
    switch result {
    case .success(let frame): read(frame, for: request, from: outbox)
    case .failure(let error):
      let error = error.during("Produce", at: name(of: broker))
      for (queue, batch) in request.batches {
        retry(batch, of: queue, after: error, refresh: true, mayBeStored: error.isOutcomeUnknown)
      }
      noteTrouble(error)
    }
    let jitter = SharedEntropy(runtime.entropy)
    for (queue, _) in request.batches { finishDraining(queue, jitter) }
    for (queue, _) in request.batches { sealAhead(queue) }
    dispatch(outbox)
  }

  func name(of broker: Int32) -> String {
    let address = cluster.assumeIsolated { $0.snapshot.broker(broker)?.address }
    return BrokerEndpoint(id: broker, address: address ?? BrokerAddress(host: "?", port: 0)).description
  }

  private func read(_ frame: Bytes, for request: Outbox.Request, from outbox: Outbox) {
    var answers: [TopicPartition: ProduceResponse.Topic.Partition] = [:]
    answers.reserveCapacity(request.batches.count)
    do throws(WireError) {
      let response = try ResponseFrame.decode(ProduceResponse.self, from: frame, version: request.version)
      for topic in response.responses {
        let name = request.version >= ProduceRequest.firstVersionByID ? request.topicNames[topic.topicId] : topic.name
        guard let name else { continue }
        for partition in topic.partitionResponses {
          let key = TopicPartition(name, partition.index)
          // The first answer for a partition counts.
          if answers[key] == nil { answers[key] = partition }
        }
      }
    } catch {
      let error = KafkaError(.malformedResponse, "the answer cannot be read: \(error)")
        .during("Produce", at: name(of: outbox.broker))
      outbox.connection?.assumeIsolated { $0.close(error) }
      for (queue, batch) in request.batches {
        retry(batch, of: queue, after: error, refresh: false, mayBeStored: true)
      }
      return
    }
    for (queue, batch) in request.batches {
      apply(answers[TopicPartition(queue.topic, queue.partition)], to: batch, of: queue, broker: outbox.broker)
    }
  }

  private func apply(
    _ answer: ProduceResponse.Topic.Partition?, to batch: PendingBatch, of queue: PartitionQueue, broker: Int32
  ) {
    guard let answer else {
      let error = KafkaError(.malformedResponse, "the broker's answer leaves the partition out")
      return retry(
        batch, of: queue, after: error.during("Produce", at: name(of: broker)), refresh: true, mayBeStored: true)
    }
    let code = answer.errorCode
    // Nearly every batch is stored, and may have but a few records: no text is made for those.
    func error() -> KafkaError {
      KafkaError(code, message: answer.errorMessage).during("Produce", at: name(of: broker))
        .about(queue.topic, queue.partition)
    }
    switch ProduceVerdict(code, acknowledgement: configuration.acknowledgement) {
    case .stored, .storedBefore: acknowledge(batch, of: queue, answer)
    case .retry(let refresh, let mayBeStored):
      retry(batch, of: queue, after: error(), code: code, refresh: refresh, mayBeStored: mayBeStored)
    case .split: splitTooLarge(batch, of: queue, after: error())
    case .refusedRecords where !answer.recordErrors.isEmpty:
      refuse(answer.recordErrors, code, of: batch, of: queue, after: error())
    case .refusedRecords: searchRefused(batch, of: queue, after: error())
    case .outOfOrder:
      // Expected behind a batch that failed: the broker refuses what follows until the numbers are right again.
      let isExpected = queue.batches.first !== batch || batch.sequenceShift > 0
      // A broker that does not know the producer has no earlier try of the batch either.
      let mayBeThere = batch.mayBeStored && code != .unknownProducerId
      guard isExpected || !mayBeThere else { return settle(batch, of: queue, as: .unknown(error())) }
      retry(batch, of: queue, after: error(), refresh: false, mayBeStored: batch.mayBeStored)
      // The broker has lost what came before, perhaps with a topic that was deleted and created again.
      if !isExpected { renewIdentity() }
    case .newIdentity:
      retry(batch, of: queue, after: error(), refresh: false, mayBeStored: batch.mayBeStored)
      renewIdentity()
    case .refused(let mayBeStored):
      batch.mayBeStored = batch.mayBeStored || mayBeStored
      settle(batch, of: queue, as: refusal(of: batch, error()))
      queue.mode = .draining
    }
  }

  private func acknowledge(
    _ batch: PendingBatch, of queue: PartitionQueue, _ answer: ProduceResponse.Topic.Partition
  ) {
    queue.unknownSince = nil
    queue.isIdentityKnown = true
    let isHere = answer.errorCode == .none && answer.baseOffset >= 0
    clientConfiguration.report(
      .debug, in: .producer,
      "\(queue.topic):\(queue.partition): \(batch.recordCount) records acknowledged"
        + (isHere ? " at offset \(answer.baseOffset)" : ""))
    settle(
      batch, of: queue,
      as: .acknowledged(
        baseOffset: isHere ? answer.baseOffset : -1,
        appendTime: answer.logAppendTimeMs >= 0 ? answer.logAppendTimeMs : nil))
  }

  // MARK: Trying again

  private func retry(
    _ batch: PendingBatch, of queue: PartitionQueue, after error: KafkaError, code: ErrorCode = .none, refresh: Bool,
    mayBeStored: Bool
  ) {
    let error = error.about(queue.topic, queue.partition)
    batch.mayBeStored = batch.mayBeStored || mayBeStored
    batch.failure = error.following(batch.failure)
    queue.markReturned(batch)
    queue.mode = .draining
    if let verdict = finalVerdict(on: batch, of: queue, code: code) {
      if code == .corruptMessage { return searchRefused(batch, of: queue, after: error) }
      return settle(batch, of: queue, as: verdict)
    }
    clientConfiguration.report(.retry, in: .producer, "\(error); trying again")
    if refresh { requestRefresh() }
  }

  /// Whether a batch has been tried long enough, though its delivery timeout has not ended.
  private func finalVerdict(on batch: PendingBatch, of queue: PartitionQueue, code: ErrorCode) -> Outcome? {
    guard let error = batch.failure else { return nil }
    if isGone(queue) { return refusal(of: batch, error) }
    switch code {
    case .corruptMessage:
      batch.corruptions += 1
      return batch.corruptions > Self.corruptionLimit ? refusal(of: batch, error) : nil
    case .unknownTopicOrPartition, .unknownTopicId, .inconsistentTopicId:
      let now = runtime.loop.now
      let since = queue.unknownSince ?? now
      queue.unknownSince = since
      guard now - since > Self.unknownTopicPatience else { return nil }
      return refusal(of: batch, error)
    default: return nil
    }
  }

  /// What a batch that is not tried again has come to: an earlier try may have been stored.
  func refusal(of batch: PendingBatch, _ error: KafkaError) -> Outcome {
    batch.mayBeStored ? .unknown(error) : .failed(error)
  }

  /// Lets a partition send again once all its batches have come back, after a wait.
  ///
  /// - Parameter jitter: The same for all partitions that come back together, so that they go out together again and
  ///   not in a request for each few of them.
  private func finishDraining(_ queue: PartitionQueue, _ jitter: SharedEntropy) {
    guard queue.mode == .draining, queue.inFlight == 0 else { return }
    // What was refused may have been refused by a broker that knows nothing of the producer, or by a new topic.
    queue.isIdentityKnown = false
    guard !queue.batches.isEmpty else { return queue.mode = .sending }
    // Only failures of the batch itself make the partition wait; a refusal that left a gap does not.
    guard queue.batches.contains(where: { $0.failure != nil }) else { return queue.mode = .sending }
    let until = runtime.loop.now + queue.backoff.next(jitter)
    queue.mode = .waiting(until: until)
    wake(at: until)
  }

  /// Says once in a while what keeps going wrong.
  func noteTrouble(_ error: KafkaError) {
    guard error.code != .cancelled, let line = troubles.admit("\(error); trying again", at: runtime.loop.now) else {
      return
    }
    clientConfiguration.report(.warning, in: .producer, line)
  }
}
