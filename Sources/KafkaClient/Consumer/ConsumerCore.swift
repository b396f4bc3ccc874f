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
  nonisolated let memory: FetchedMemory
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  nonisolated var clientConfiguration: KafkaClientConfiguration { cluster.configuration }
  private(set) var cursors = OrderedTable<TopicPartition, Cursor>()
  private var fetchers = OrderedTable<Int32, Fetcher>()
  /// The topics that are read.
  var topics: Set<String> = []
  private(set) var isClosed = false
  private var observer: Cluster.ObserverID?
  private var wakeTimer: EarliestTimer
  private var troubles = RepeatedLine()

  init(
    runtime: Runtime, cluster: Cluster, configuration: ConsumerConfiguration, queue: FetchedQueue,
    memory: FetchedMemory
  ) {
    self.runtime = runtime
    self.cluster = cluster
    self.configuration = configuration
    self.queue = queue
    self.memory = memory
    wakeTimer = EarliestTimer(runtime.loop)
  }

  /// Begins to fetch. Called once.
  func start(_ ranges: [PartitionRange]) {
    guard !isClosed else { return }
    guard !cluster.assumeIsolated({ $0.isClosed }) else { return fail(Cluster.closedError) }
    let topics = Set(ranges.map(\.partition.topic))
    self.topics = topics
    observer = cluster.assumeIsolated { cluster in
      for topic in topics { cluster.follow(topic, createIfMissing: false) }
      if configuration.findsTopics != nil { cluster.followAllTopics() }
      return cluster.observe { [weak self] metadata in
        self?.assumeIsolated {
          $0.followLeaders()
          $0.followTopics(metadata)
        }
      } end: { [weak self] error in
        self?.assumeIsolated { $0.fail(error) }
      }
    }
    memory.onRoom { [weak self] in self?.resume() }
    for range in ranges where cursors[range.partition] == nil {
      let cursor = begin(range)
      if cursor.state != .done { place(cursor) }
    }
    finishIfDone()
    fetchAll()
  }

  func begin(_ range: PartitionRange) -> Cursor {
    let cursor = Cursor(
      range, maximumBytes: configuration.maximumPartitionBytes, backoff: Backoff(clientConfiguration.retryBackoff))
    cursors.set(cursor, for: range.partition)
    return cursor
  }

  /// Ends fetching; what was fetched can still be read.
  func close() { end(.success(())) }

  /// Ends reading with an error, behind what was fetched before it.
  func fail(_ error: KafkaError) { end(.failure(error)) }

  private func end(_ result: Result<Void, KafkaError>) {
    guard !isClosed else { return }
    isClosed = true
    wakeTimer.stop()
    let (observer, topics) = (observer, topics)
    cluster.assumeIsolated { cluster in
      if let observer { cluster.stopObserving(observer) }
      for topic in topics { cluster.unfollow(topic) }
      if observer != nil, configuration.findsTopics != nil { cluster.stopFollowingAllTopics() }
      cluster.endReading(ObjectIdentifier(self))
    }
    queue.finish(result)
  }

  // MARK: Leaders

  func place(_ cursor: Cursor) {
    cursor.topicID = cursor.topicID ?? topicID(of: cursor.partition)
    relocate(cursor)
    if cursor.source == nil { failed(cursor, KafkaError(ErrorCode.leaderNotAvailable), refresh: true) }
  }

  /// Moves a cursor to the broker that its partition is to be read from now, if that is known.
  ///
  /// - Returns: Whether it has moved.
  @discardableResult
  func relocate(_ cursor: Cursor) -> Bool {
    guard let source = source(for: cursor), source != cursor.source else { return false }
    if let old = cursor.source { fetchers[old]?.remove(cursor) }
    cursor.source = source
    fetcher(of: source).add(cursor)
    clientConfiguration.report(
      .debug, in: .consumer, "\(cursor.partition): read from broker \(source), at offset \(cursor.nextOffset)")
    return true
  }

  /// The replica that the leader named, for as long as it is there, or else the leader.
  private func source(for cursor: Cursor) -> Int32? {
    let partition = cursor.partition
    return cluster.assumeIsolated { cluster in
      if let nearer = cursor.nearer, runtime.loop.now < nearer.expiry, cluster.snapshot.broker(nearer.broker) != nil {
        return nearer.broker
      }
      cursor.nearer = nil
      return cluster.snapshot.topic(partition.topic)?.partition(partition.partition)?.leader
    }
  }

  private func topicID(of partition: TopicPartition) -> TopicID? {
    cluster.assumeIsolated { $0.snapshot.topic(partition.topic)?.id }
  }

  func fetcher(of broker: Int32) -> Fetcher {
    if let known = fetchers[broker] { return known }
    let fetcher = Fetcher(broker: broker)
    fetchers.set(fetcher, for: broker)
    return fetcher
  }

  private func followLeaders() {
    guard !isClosed else { return }
    for cursor in cursors.values where cursor.state != .done {
      if let id = topicID(of: cursor.partition), let known = cursor.topicID, id != known {
        recreated(cursor, as: id)
        guard !isClosed else { return }
      }
      guard relocate(cursor) else { continue }
      if case .waiting = cursor.state { cursor.state = .reading }
    }
    fetchAll()
  }

  // MARK: Fetching

  /// Goes on fetching on the loop, since there is room again.
  private nonisolated func resume() {
    runtime.loop.execute { self.assumeIsolated { $0.fetchAll() } }
  }

  /// Sends requests to all brokers that have none and lead something to read, unless enough bytes wait.
  func fetchAll() {
    guard !isClosed else { return }
    for fetcher in fetchers.values.sorted(by: { $0.broker < $1.broker }) { fetch(fetcher) }
  }

  func fetch(_ fetcher: Fetcher) {
    guard !isClosed, !fetcher.isFetching, memory.hasRoom() else { return }
    let now = runtime.loop.now
    let cursors = fetcher.cursors.filter { isReading($0, now: now) }
    guard !cursors.isEmpty else { return }
    guard let connection = fetcher.openConnection, let versions = fetcher.versions else { return open(fetcher) }
    let version: Int16
    do throws(KafkaError) { version = try versions.require(FetchRequest.self, in: fetchVersions(of: cursors)) } catch {
      return fail(error.during("Fetch"))
    }
    // What reads once need not make a broker remember it.
    let step = fetcher.session.next(reading: cursors, begins: fetcher.askedAt != nil)
    let request = FetchRequest.reading(
      step, configuration, answerBytes: answerBytes, partitionCount: cursors.count, rack: clientConfiguration.rack)
    fetcher.isFetching = true
    fetcher.askedAt = now
    fetcher.rotate()
    let broker = fetcher.broker
    let timeout = answerTimeout(for: cursors, now: now)
    connection.assumeIsolated {
      $0.submit(request, version: version, timeout: timeout) { [weak self] result in
        self?.assumeIsolated { $0.answered(by: broker, version: version, result) }
      }
    }
  }

  /// How many bytes to ask a broker for: of all brokers together three eighths of what may wait, so that one answer can
  /// be read while one waits and one is under way, but of none so little that it takes many requests.
  private var answerBytes: Int32 {
    let brokers = fetchers.values.count { !$0.cursors.isEmpty }
    let share = max(configuration.bufferBytes / 8 * 3 / max(brokers, 1), 1 << 20)
    return min(configuration.maximumBytes, Int32(clamping: share))
  }

  /// How long an answer may take. Where a partition may be unavailable only for so long, there shall be time to ask
  /// again over another connection.
  private func answerTimeout(for cursors: [Cursor], now: Instant) -> Duration {
    let (longest, wait) = (clientConfiguration.requestTimeout, configuration.maximumWait)
    guard let patience = configuration.patience else { return longest + wait }
    let left = cursors.compactMap(\.failingSince).min().map { patience - (now - $0) } ?? patience
    return max(min(longest, patience / 3 + wait, left), wait * 2)
  }

  /// By their ids topics are named only where all have one: a request cannot mix ids and names.
  private func fetchVersions(of cursors: [Cursor]) -> ClosedRange<Int16> {
    cursors.allSatisfy { $0.topicID != nil } ? FetchRequest.versionsByID : FetchRequest.versionsByName
  }

  private func isReading(_ cursor: Cursor, now: Instant) -> Bool {
    switch cursor.state {
    case .reading: return true
    case .done, .resetting: return false
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
    cluster.tasks.start { await self.connect(to: broker) }
  }

  private func connect(to broker: Int32) async {
    guard !isClosed else { return }
    let fetcher = fetcher(of: broker)
    do throws(KafkaError) {
      (fetcher.connection, fetcher.versions) = try await cluster.connect(
        toBroker: broker, for: .fetching(by: ObjectIdentifier(self)))
      fetcher.isConnecting = false
      fetcher.session.lost()
    } catch {
      fetcher.isConnecting = false
      guard !isClosed else { return }
      noteTrouble(error)
      for cursor in fetcher.cursors { failed(cursor, error, refresh: true, isFinal: !error.isRetriable) }
    }
    fetch(fetcher)
  }

  // MARK: Waiting

  func wake(at instant: Instant) {
    wakeTimer.set(at: instant) { [weak self] in self?.assumeIsolated { $0.wakeTimerFired() } }
  }

  private func wakeTimerFired() {
    wakeTimer.stop()
    for cursor in cursors.values where cursor.state != .done && cursor.source == nil { place(cursor) }
    fetchAll()
    let waiting = cursors.values.compactMap { cursor -> Instant? in
      if case .waiting(let until) = cursor.state { until } else { nil }
    }
    if let next = waiting.min() { wake(at: max(next, runtime.loop.now + .milliseconds(1))) }
  }

  /// Says once in a while what keeps going wrong.
  func noteTrouble(_ error: KafkaError) {
    guard error.code != .cancelled, let line = troubles.admit("\(error); trying again", at: runtime.loop.now) else {
      return
    }
    clientConfiguration.report(.warning, in: .consumer, line)
  }

  // MARK: End

  func finish(_ cursor: Cursor) {
    cursor.state = .done
    if let source = cursor.source { fetchers[source]?.remove(cursor) }
  }

  func finishIfDone() {
    guard !isClosed, cursors.values.allSatisfy({ $0.state == .done }) else { return }
    close()
  }
}
