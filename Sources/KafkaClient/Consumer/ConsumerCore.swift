import Buffers
import KafkaProtocol
import Transport

/// The consumer on the loop: asks the leaders of the partitions for records and hands the answers on unopened.
///
/// The next request is on the wire while the last answer is read; fetching pauses while enough bytes wait.
actor ConsumerCore {
  nonisolated let runtime: Runtime
  nonisolated let cluster: Cluster
  nonisolated let configuration: ConsumerConfiguration
  nonisolated let queue: FetchedQueue
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  nonisolated var clientConfiguration: KafkaClientConfiguration { cluster.configuration }
  private(set) var cursors: [TopicPartition: Cursor] = [:]
  private var fetchers: [Int32: Fetcher] = [:]
  private(set) var isClosed = false
  private var wakeTimer: (id: TimerID, at: Instant)?
  private var troubles: [String: Instant] = [:]

  init(runtime: Runtime, cluster: Cluster, configuration: ConsumerConfiguration, queue: FetchedQueue) {
    self.runtime = runtime
    self.cluster = cluster
    self.configuration = configuration
    self.queue = queue
  }

  /// Begins to fetch. Called once.
  func start(_ ranges: [PartitionRange]) async {
    await cluster.observe { [weak self] _ in self?.assumeIsolated { $0.followLeaders() } }
    for range in ranges where cursors[range.partition] == nil {
      let cursor = Cursor(
        range, maximumBytes: configuration.maximumPartitionBytes, backoff: Backoff(clientConfiguration.retryBackoff))
      cursors[range.partition] = cursor
      if cursor.state != .done { place(cursor) }
    }
    finishIfDone()
    fetchAll()
  }

  /// Ends fetching; what was fetched can still be read.
  func close() {
    isClosed = true
    if let wakeTimer { runtime.loop.cancel(wakeTimer.id) }
    queue.finish(.success(()))
  }

  /// Ends reading with an error, behind what was fetched before it.
  func fail(_ error: KafkaError) {
    guard !isClosed else { return }
    isClosed = true
    queue.finish(.failure(error))
  }

  // MARK: Leaders

  private func place(_ cursor: Cursor) {
    cursor.leader = leader(of: cursor.partition)
    guard let leader = cursor.leader else {
      failed(cursor, KafkaError(ErrorCode.leaderNotAvailable), refresh: true)
      return
    }
    fetcher(of: leader).add(cursor)
  }

  private func leader(of partition: TopicPartition) -> Int32? {
    cluster.assumeIsolated { $0.snapshot.topic(partition.topic)?.partition(partition.partition)?.leader }
  }

  private func fetcher(of broker: Int32) -> Fetcher {
    if let known = fetchers[broker] { return known }
    let fetcher = Fetcher(broker: broker)
    fetchers[broker] = fetcher
    return fetcher
  }

  private func followLeaders() {
    guard !isClosed else { return }
    for cursor in cursors.values where cursor.state != .done {
      guard let leader = leader(of: cursor.partition), leader != cursor.leader else { continue }
      if let old = cursor.leader { fetchers[old]?.remove(cursor) }
      cursor.leader = leader
      cursor.state = .reading
      fetcher(of: leader).add(cursor)
    }
    fetchAll()
  }

  // MARK: Fetching

  /// Sends requests to all brokers that have none and lead something to read, unless enough bytes wait.
  func fetchAll() {
    guard !isClosed else { return }
    for fetcher in fetchers.values.sorted(by: { $0.broker < $1.broker }) { fetch(fetcher) }
  }

  private func fetch(_ fetcher: Fetcher) {
    guard !isClosed, !fetcher.isFetching, queue.heldBytes < configuration.bufferBytes else { return }
    let now = runtime.loop.now
    let cursors = fetcher.cursors.filter { isReading($0, now: now) }
    guard !cursors.isEmpty else { return }
    guard let connection = fetcher.connection, let versions = fetcher.versions else { return open(fetcher) }
    let version: Int16
    do throws(KafkaError) { version = try versions.require(FetchRequest.self, in: 0...12) } catch {
      return fail(error.during("Fetch"))
    }
    let request = FetchRequest.reading(cursors, configuration)
    fetcher.isFetching = true
    fetcher.rotate()
    let broker = fetcher.broker
    connection.assumeIsolated {
      $0.submit(
        request, version: version, timeout: clientConfiguration.requestTimeout + configuration.maximumWait
      ) { [weak self] result in
        self?.assumeIsolated { $0.answered(by: broker, version: version, result) }
      }
    }
  }

  private func isReading(_ cursor: Cursor, now: Instant) -> Bool {
    switch cursor.state {
    case .reading: return true
    case .done: return false
    case .waiting(let until):
      guard until <= now else { return false }
      cursor.state = .reading
      return true
    }
  }

  private func open(_ fetcher: Fetcher) {
    guard !fetcher.isConnecting else { return }
    fetcher.isConnecting = true
    let broker = fetcher.broker
    runtime.spawn { await self.connect(to: broker) }
  }

  private func connect(to broker: Int32) async {
    let fetcher = fetcher(of: broker)
    do throws(KafkaError) {
      (fetcher.connection, fetcher.versions) = try await cluster.connect(toBroker: broker, for: .fetching)
      fetcher.isConnecting = false
    } catch {
      fetcher.isConnecting = false
      noteTrouble(error)
      for cursor in fetcher.cursors { failed(cursor, error, refresh: true, isFinal: !error.isRetriable) }
    }
    fetch(fetcher)
  }

  // MARK: Answers

  private func answered(by broker: Int32, version: Int16, _ result: Result<Bytes, KafkaError>) {
    let fetcher = fetcher(of: broker)
    fetcher.isFetching = false
    guard !isClosed else { return }
    let endpoint = fetcher.connection?.endpoint.description ?? "broker \(broker)"
    do throws(KafkaError) {
      let frame = try result.get()
      do throws(WireError) {
        try read(ResponseFrame.decode(FetchResponse.self, from: frame, version: version), from: fetcher)
      } catch {
        throw KafkaError(.malformedResponse, "the answer (version \(version)) cannot be read: \(error)")
      }
    } catch {
      let error = error.during("Fetch", at: endpoint)
      fetcher.connection?.assumeIsolated { $0.close(error) }
      fetcher.connection = nil
      noteTrouble(error)
      // A damaged answer may be a broken connection's; what cannot be sent at all will not be sent later either.
      let isFinal = !error.isRetriable && error.code != .malformedResponse
      for cursor in fetcher.cursors { failed(cursor, error, refresh: true, isFinal: isFinal) }
    }
    finishIfDone()
    fetch(fetcher)
  }

  private func read(_ response: FetchResponse, from fetcher: Fetcher) throws(WireError) {
    guard response.errorCode == .none else {
      let error = KafkaError(response.errorCode).during("Fetch")
      guard response.errorCode.isRetriable else { return fail(error) }
      for cursor in fetcher.cursors { failed(cursor, error, refresh: false) }
      return
    }
    for topic in response.responses {
      for answer in topic.partitions {
        let partition = TopicPartition(topic.topic, answer.partitionIndex)
        // An answer about a partition that has moved or ended meanwhile is of no interest.
        guard let cursor = cursors[partition], cursor.leader == fetcher.broker, cursor.state == .reading else {
          continue
        }
        apply(answer, to: cursor)
      }
    }
  }

  private func apply(_ answer: FetchResponse.Topic.Partition, to cursor: Cursor) {
    let (topic, index) = (cursor.partition.topic, cursor.partition.partition)
    let error = KafkaError(answer.errorCode).about(topic, index, offset: cursor.nextOffset).during("Fetch")
    switch FetchVerdict(answer.errorCode) {
    case .records: take(answer, for: cursor)
    case .refresh: failed(cursor, error, refresh: true)
    case .retry: failed(cursor, error, refresh: false)
    case .retryForAWhile:
      failed(cursor, error, refresh: true, patience: configuration.patience ?? clientConfiguration.requestTimeout)
    case .outOfRange: reset(cursor, error)
    case .fail: fail(error)
    }
  }

  private func take(_ answer: FetchResponse.Topic.Partition, for cursor: Cursor) {
    cursor.recovered()
    let bytes = answer.records ?? .empty
    let start = cursor.nextOffset
    let outcome = FetchedSpan(bytes)
    if outcome.nextOffset > start { cursor.nextOffset = outcome.nextOffset }
    if !bytes.isEmpty, outcome.batchCount > 0 || outcome.isDamaged {
      queue.push(
        FetchedRecords(
          partition: cursor.partition, bytes: bytes, wanted: start..<max(cursor.end ?? .max, start),
          highWatermark: answer.highWatermark,
          abortedTransactions: (answer.abortedTransactions ?? []).map {
            AbortedTransactionFilter.Transaction(producerID: $0.producerId, firstOffset: $0.firstOffset)
          }))
    }
    if outcome.isDamaged {
      // The reader will come to the damage behind the records before it, and say where it is.
      cursor.state = .done
    } else if cursor.nextOffset == start, !bytes.isEmpty {
      stuck(cursor, isCut: outcome.batchCount == 0)
    } else {
      cursor.answersWithoutProgress = 0
    }
    let lastStable = answer.lastStableOffset
    let logEnd =
      configuration.isolation == .readCommitted && lastStable >= 0 ? lastStable : answer.highWatermark
    let isAtEnd = configuration.stopsAtEnd && cursor.nextOffset >= logEnd
    if isAtEnd || cursor.end.map({ cursor.nextOffset >= $0 }) == true { finish(cursor) }
  }

  /// Bytes came, and none that lead further.
  private func stuck(_ cursor: Cursor, isCut: Bool) {
    let (topic, index) = (cursor.partition.topic, cursor.partition.partition)
    if isCut {
      // Before KIP-74 a batch larger than what was asked for comes cut off, for ever.
      let limit = Int32(clamping: clientConfiguration.maximumResponseBytes / 2)
      guard cursor.maximumBytes < limit else {
        return fail(
          KafkaError(.recordTooLarge, "a batch is larger than \(limit) bytes").about(
            topic, index, offset: cursor.nextOffset))
      }
      cursor.maximumBytes = Int32(clamping: min(Int64(cursor.maximumBytes) * 2, Int64(limit)))
      return
    }
    cursor.answersWithoutProgress += 1
    let error = KafkaError(.malformedResponse, "the broker answers with records from before the offset only")
      .about(topic, index, offset: cursor.nextOffset).during("Fetch")
    guard cursor.answersWithoutProgress < 10 else { return fail(error) }
    failed(cursor, error, refresh: false)
  }

  // MARK: Failures

  /// Puts a partition aside for a while.
  private func failed(
    _ cursor: Cursor, _ error: KafkaError, refresh: Bool, patience: Duration? = nil, isFinal: Bool = false
  ) {
    guard cursor.state != .done else { return }
    let now = runtime.loop.now
    let since = cursor.failingSince ?? now
    cursor.failingSince = since
    let error = error.about(cursor.partition.topic, cursor.partition.partition, offset: error.offset)
    guard !isFinal else { return fail(error) }
    if let patience = patience ?? configuration.patience, now - since > patience { return fail(error) }
    clientConfiguration.report(.retry, "\(error); trying again")
    let until = now + cursor.backoff.next(runtime.entropy)
    cursor.state = .waiting(until: until)
    if refresh { cluster.assumeIsolated { $0.requestRefresh() } }
    wake(at: until)
  }

  private func reset(_ cursor: Cursor, _ error: KafkaError) {
    let position: OffsetPosition
    switch configuration.offsetReset {
    case .fail:
      var error = error
      error.hint = "records there may have been deleted; see kavka offsets, or use --on-reset earliest"
      return fail(error)
    case .earliest: position = .earliest
    case .latest: position = .latest
    }
    let old = cursor.nextOffset
    let partition = cursor.partition
    cursor.state = .waiting(until: Instant(nanoseconds: .max))
    runtime.spawn { await self.reset(partition, from: old, to: position) }
  }

  private func reset(_ partition: TopicPartition, from old: Int64, to position: OffsetPosition) async {
    let deadline = runtime.loop.now + clientConfiguration.requestTimeout
    let answer = await cluster.offsets(of: [partition], at: position, by: deadline).first
    guard let cursor = cursors[partition], cursor.state != .done, !isClosed else { return }
    guard let offset = answer?.offset else {
      return fail(
        answer?.error ?? KafkaError(.timedOut, "no offset to go on from").about(partition.topic, partition.partition))
    }
    clientConfiguration.report(.warning, "\(partition): offset \(old) is out of range; going on at \(offset)")
    cursor.nextOffset = offset
    cursor.state = .reading
    fetchAll()
  }

  private func wake(at instant: Instant) {
    if let timer = wakeTimer {
      guard instant < timer.at else { return }
      runtime.loop.cancel(timer.id)
    }
    let id = runtime.loop.schedule(at: instant) { [weak self] in self?.assumeIsolated { $0.wakeTimerFired() } }
    wakeTimer = (id, instant)
  }

  private func wakeTimerFired() {
    wakeTimer = nil
    for cursor in cursors.values where cursor.state != .done && cursor.leader == nil { place(cursor) }
    fetchAll()
    let waiting = cursors.values.compactMap { cursor -> Instant? in
      if case .waiting(let until) = cursor.state, until.nanoseconds < .max { until } else { nil }
    }
    if let next = waiting.min() { wake(at: max(next, runtime.loop.now + .milliseconds(1))) }
  }

  private func noteTrouble(_ error: KafkaError) {
    guard error.code != .cancelled else { return }
    let text = "\(error)"
    let now = runtime.loop.now
    if let last = troubles[text], now - last < .seconds(10) { return }
    if troubles.count > 64 { troubles = [:] }
    troubles[text] = now
    clientConfiguration.report(.warning, "\(text); trying again")
  }

  // MARK: End

  private func finish(_ cursor: Cursor) {
    cursor.state = .done
    if let leader = cursor.leader { fetchers[leader]?.remove(cursor) }
  }

  private func finishIfDone() {
    guard !isClosed, cursors.values.allSatisfy({ $0.state == .done }) else { return }
    close()
  }
}
