import Buffers
import KafkaProtocol
import Transport

/// What brokers answer, and what becomes of the cursors.
extension ConsumerCore {
  func answered(by broker: Int32, version: Int16, _ result: Result<Bytes, KafkaError>) {
    let fetcher = fetcher(of: broker)
    fetcher.isFetching = false
    guard !isClosed else { return }
    do throws(KafkaError) {
      let frame = try result.get()
      do throws(WireError) {
        try read(
          ResponseFrame.decode(FetchResponse.self, from: frame, version: version), from: fetcher,
          FetchedAnswer(version: version, share: memory.hold(frame.storage.capacity)))
      } catch {
        throw KafkaError(.malformedResponse, "the answer (version \(version)) cannot be read: \(error)")
      }
    } catch {
      let error = error.during("Fetch", at: fetcher.name)
      fetcher.connection?.assumeIsolated { $0.close(error) }
      fetcher.connection = nil
      noteTrouble(error)
      // A damaged answer may be a broken connection's; what cannot be sent at all will not be sent later either.
      let isFinal = !error.isRetriable && error.code != .malformedResponse
      for cursor in fetcher.cursors {
        // It has not been readable since it was asked for in vain.
        cursor.failingSince = cursor.failingSince ?? fetcher.askedAt
        failed(cursor, error, refresh: true, isFinal: isFinal)
      }
    }
    finishIfDone()
    fetch(fetcher)
  }

  private func read(
    _ response: FetchResponse, from fetcher: Fetcher, _ whole: consuming FetchedAnswer
  ) throws(WireError) {
    guard response.errorCode == .none else {
      if fetcher.session.refused(response.errorCode) { return }
      let error = KafkaError(response.errorCode).during("Fetch", at: fetcher.name)
      guard response.errorCode.isRetriable else { return fail(error) }
      for cursor in fetcher.cursors { failed(cursor, error, refresh: false) }
      return
    }
    fetcher.session.answered(response.sessionId)
    // From version 13 on an answer has ids in place of names.
    var names: [TopicID: String] = [:]
    var last: TopicID?
    for cursor in fetcher.cursors where cursor.topicID != last {
      last = cursor.topicID
      if let last { names[last] = cursor.partition.topic }
    }
    for topic in response.responses {
      guard let name = TopicID(topic.topicId).map({ names[$0] }) ?? topic.topic else { continue }
      for answer in topic.partitions {
        let partition = TopicPartition(name, answer.partitionIndex)
        // An answer about a partition that has moved or ended meanwhile is of no interest.
        guard let cursor = cursors[partition], cursor.source == fetcher.broker, cursor.state == .reading else {
          continue
        }
        apply(answer, to: cursor, from: fetcher, &whole)
      }
    }
    for cursor in whole.tooSmall { enlarge(cursor) }
  }

  private func apply(
    _ answer: FetchResponse.Topic.Partition, to cursor: Cursor, from fetcher: Fetcher, _ whole: inout FetchedAnswer
  ) {
    var error: KafkaError {
      KafkaError(answer.errorCode)
        .about(cursor.partition.topic, cursor.partition.partition, offset: cursor.nextOffset)
        .during("Fetch", at: fetcher.name)
    }
    switch FetchVerdict(answer.errorCode) {
    case .records where answer.preferredReadReplica >= 0 && answer.preferredReadReplica != cursor.source:
      turn(cursor, to: answer.preferredReadReplica, logEnd: logEnd(answer), from: fetcher)
    case .records: take(answer, for: cursor, &whole)
    case .refresh: failed(cursor, error, refresh: true)
    case .retry: failed(cursor, error, refresh: false)
    case .retryForAWhile:
      failed(cursor, error, refresh: true, patience: configuration.patience ?? clientConfiguration.requestTimeout)
    case .topicGone:
      cursor.isTopicGone = true
      failed(cursor, error, refresh: true, patience: configuration.patience ?? clientConfiguration.requestTimeout)
    // A replica may not have yet, or have no more, what the leader has.
    case .outOfRange where cursor.nearer != nil: failed(cursor, error, refresh: false)
    case .outOfRange: outOfRange(cursor, error)
    case .fail: fail(error)
    }
  }

  private func take(_ answer: FetchResponse.Topic.Partition, for cursor: Cursor, _ whole: inout FetchedAnswer) {
    cursor.recovered()
    let bytes = answer.records ?? .empty
    let start = cursor.nextOffset
    let outcome = FetchedSpan(bytes)
    clientConfiguration.report(
      bytes.isEmpty ? .trace : .debug, in: .consumer,
      "\(cursor.partition): \(bytes.count) bytes in \(outcome.batchCount) batches at offset \(start); the end is "
        + "\(answer.highWatermark)")
    if outcome.nextOffset > start {
      cursor.nextOffset = outcome.nextOffset
      whole.hasAdvanced = true
    }
    if !bytes.isEmpty, outcome.batchCount > 0 || outcome.isDamaged {
      queue.push(
        FetchedRecords(
          partition: cursor.partition, bytes: bytes, wanted: start..<max(cursor.end ?? .max, start),
          highWatermark: answer.highWatermark,
          abortedTransactions: (answer.abortedTransactions ?? []).map {
            AbortedTransactionFilter.Transaction(producerID: $0.producerId, firstOffset: $0.firstOffset)
          }, share: whole.share))
    }
    if outcome.isDamaged {
      // The reader will come to the damage behind the records before it, and say where it is.
      cursor.state = .done
    } else if cursor.nextOffset == start, !bytes.isEmpty {
      if outcome.isCut || outcome.batchCount == 0 { whole.cut.append(cursor) } else { stuck(cursor) }
    } else {
      cursor.answersWithoutProgress = 0
    }
    let logEnd = max(logEnd(answer), cursor.nearer?.leaderEnd ?? 0)
    let isAtEnd = configuration.stopsAtEnd && cursor.nextOffset >= logEnd
    if isAtEnd || cursor.end.map({ cursor.nextOffset >= $0 }) == true { finish(cursor) }
  }

  /// The offset at which reading ends for now.
  private func logEnd(_ answer: FetchResponse.Topic.Partition) -> Int64 {
    let lastStable = answer.lastStableOffset
    return configuration.isolation == .readCommitted && lastStable >= 0 ? lastStable : answer.highWatermark
  }

  /// Reads from the replica that the leader named, which sends no records itself then (KIP-392). Replicas are not to
  /// name others: two brokers that take each other for nearer would be asked in turn without end.
  private func turn(_ cursor: Cursor, to broker: Int32, logEnd: Int64, from asked: Fetcher) {
    guard cursor.nearer == nil else {
      let error = KafkaError(.malformedResponse, "a replica that is read from names another, broker \(broker)")
      return failed(cursor, error.during("Fetch", at: asked.name), refresh: false)
    }
    if configuration.stopsAtEnd, cursor.nextOffset >= logEnd { return finish(cursor) }
    cursor.nearer = .init(
      broker: broker, expiry: runtime.loop.now + clientConfiguration.metadataMaximumAge, leaderEnd: logEnd)
    guard !relocate(cursor) else { return fetch(fetcher(of: broker)) }
    // It is a broker that is not known yet.
    failed(cursor, KafkaError(ErrorCode.replicaNotAvailable), refresh: true)
  }

  /// Asks for more of a partition, whose next batch comes cut off.
  ///
  /// Before KIP-74 a batch larger than what was asked for does so for ever; it does as well behind messages from before
  /// the offset, where the broker makes them of a newer batch.
  private func enlarge(_ cursor: Cursor) {
    let limit = Int32(clamping: clientConfiguration.maximumResponseBytes / 2)
    guard cursor.maximumBytes < limit else {
      return fail(
        KafkaError(
          .recordTooLarge, "the next batch comes cut off, though \(limit) bytes of it were asked for",
          remedy: .readBehindBatch
        ).about(cursor.partition.topic, cursor.partition.partition, offset: cursor.nextOffset).during("Fetch"))
    }
    cursor.maximumBytes = Int32(clamping: min(Int64(cursor.maximumBytes) * 2, Int64(limit)))
  }

  /// Batches came, and none that lead further.
  private func stuck(_ cursor: Cursor) {
    let (topic, index) = (cursor.partition.topic, cursor.partition.partition)
    cursor.answersWithoutProgress += 1
    let error = KafkaError(.malformedResponse, "the broker answers with records from before the offset only")
      .about(topic, index, offset: cursor.nextOffset).during("Fetch")
    guard cursor.answersWithoutProgress < 10 else { return fail(error) }
    failed(cursor, error, refresh: false)
  }

  // MARK: Failures

  /// Puts a partition aside for a while.
  func failed(
    _ cursor: Cursor, _ error: KafkaError, refresh: Bool, patience: Duration? = nil, isFinal: Bool = false
  ) {
    guard cursor.state != .done, cursor.state != .resetting else { return }
    let now = runtime.loop.now
    let since = cursor.failingSince ?? now
    cursor.failingSince = since
    let error = error.about(cursor.partition.topic, cursor.partition.partition, offset: error.offset)
    let isOfReplica = cursor.nearer != nil
    if isOfReplica {
      // The leader is there for what a replica cannot do.
      cursor.nearer = nil
      relocate(cursor)
    }
    guard !isFinal || isOfReplica else { return fail(error) }
    if let patience = patience ?? configuration.patience, now - since >= patience { return fail(error) }
    clientConfiguration.report(.retry, in: .consumer, "\(error); trying again")
    let until = now + cursor.backoff.next(runtime.entropy)
    cursor.state = .waiting(until: until)
    if refresh { cluster.assumeIsolated { $0.requestRefresh() } }
    wake(at: until)
  }
}
