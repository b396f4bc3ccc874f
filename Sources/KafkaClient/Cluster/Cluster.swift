import Synchronization
import Transport

/// What is known of the cluster, and the connections to its brokers.
///
/// Metadata is one immutable snapshot. One refresh is under way at a time; all who need a newer snapshot wait for it.
actor Cluster {
  /// How many brokers are connected to before it is certain that they are needed.
  private static let connectionsAhead = 16

  private struct Waiter {
    var continuation: CheckedContinuation<Result<ClusterMetadata, KafkaError>, Never>
    var timer: TimerID
    /// The first refresh whose request was made after the waiter had come.
    var refresh: Int
  }

  nonisolated let runtime: Runtime
  nonisolated let configuration: KafkaClientConfiguration
  nonisolated let memory: NegotiationMemory
  nonisolated let coordinators = CoordinatorCache()
  nonisolated let tasks: BackgroundTasks
  /// Whether the end has come, for those who are not on the loop, which may be gone then.
  nonisolated let hasEnded = Atomic(false)
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  /// The newest snapshot: all topics of interest that a broker knows.
  private(set) var snapshot = ClusterMetadata()
  private(set) var isClosed = false

  private var followed = FollowedTopics()
  /// When topics were found to exist by creating them.
  private var creations: [String: Instant] = [:]
  private(set) var observers: [Observer] = []
  private var nextObserver = 0
  private var isRefreshing = false
  /// The number of refreshes whose requests have been made.
  private var refreshCount = 0
  private var refreshBackoff: Backoff
  private var earliestRefresh = Instant(nanoseconds: .min)
  private var refreshFailure: KafkaError?
  /// Why a question was asked again last: what a wait that times out is told.
  var lastFailure: KafkaError?
  private var waiters: [UInt64: Waiter] = [:]
  private var nextWaiter: UInt64 = 0
  private var ageTimer: TimerID?

  private var connections = ConnectionTable()
  /// Addresses that could not be connected to last time, and when they may be tried again.
  private var reconnects: [BrokerAddress: (backoff: Backoff, notBefore: Instant)] = [:]
  private var warnedOfUnreachable = false

  init(runtime: Runtime, configuration: KafkaClientConfiguration) {
    self.runtime = runtime
    self.configuration = configuration
    tasks = BackgroundTasks(runtime)
    memory = NegotiationMemory(first: configuration.asksForVersions ? .current : .beforeApiVersions)
    refreshBackoff = Backoff(configuration.retryBackoff)
  }

  // MARK: Connections

  private func connection(to endpoint: BrokerEndpoint, for use: ConnectionTable.Use) -> BrokerConnection {
    connections.connection(to: endpoint, for: use, make: newConnection)
  }

  /// A connection of the caller's own, which the caller closes.
  func newConnection(to endpoint: BrokerEndpoint) -> BrokerConnection {
    BrokerConnection(to: endpoint, runtime: runtime, configuration: configuration, memory: memory, tasks: tasks)
  }

  /// Keeps the connections of a reader that has ended for the next one, where that can be.
  func endReading(_ reader: ObjectIdentifier) { connections.endReading(reader) }

  /// Begins to connect to brokers that something will be asked of soon.
  func connectAhead(toBrokers ids: Set<Int32>, for use: ConnectionTable.Use) {
    for id in ids.sorted().prefix(Self.connectionsAhead) {
      tasks.start { [weak self] in
        // Whoever needs the connection hears why there is none.
        _ = try? await self?.connect(toBroker: id, for: use)
      }
    }
  }

  /// Connects to a broker, after the wait that its earlier failures ask for.
  func connect(
    to endpoint: BrokerEndpoint, for use: ConnectionTable.Use
  ) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    guard !isClosed else { throw Self.closedError }
    let connection = connection(to: endpoint, for: use)
    if await !connection.isReady, let notBefore = reconnects[endpoint.address]?.notBefore, runtime.loop.now < notBefore
    {
      try await pause(notBefore - runtime.loop.now)
    }
    do throws(KafkaError) {
      let versions = try await connection.versions()
      reconnects[endpoint.address] = nil
      return (connection, versions)
    } catch {
      guard error.code != .cancelled else { throw error }
      var backoff = reconnects[endpoint.address]?.backoff ?? Backoff(configuration.reconnectBackoff)
      let wait = backoff.next(runtime.entropy)
      reconnects[endpoint.address] = (backoff, runtime.loop.now + wait)
      throw error
    }
  }

  /// Connects to a broker by its id, as the snapshot knows it.
  func connect(
    toBroker id: Int32, for use: ConnectionTable.Use
  ) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    guard let broker = snapshot.broker(id) else {
      throw KafkaError(.connectionLost, "broker \(id) is not among those that the cluster names")
    }
    do throws(KafkaError) {
      return try await connect(to: BrokerEndpoint(id: id, address: broker.address), for: use)
    } catch {
      throw error.hintingAtAdvertisedAddress(broker.address, bootstrap: configuration.bootstrap)
    }
  }

  /// Connects to whichever broker is ready first: those connected already, the known ones, the bootstrap addresses.
  func connectToAny(by deadline: Instant) async throws(KafkaError) -> (BrokerConnection, BrokerVersions) {
    guard !isClosed else { throw Self.closedError }
    var candidates: [BrokerConnection] = []
    for endpoint in endpoints() {
      let connection = connection(to: endpoint, for: .queries)
      if await connection.isReady { return (connection, try await connection.versions()) }
      candidates.append(connection)
    }
    do throws(KafkaError) {
      return try await ConnectionRace(runtime: runtime, candidates: candidates, deadline: deadline).winner()
    } catch {
      throw snapshot.brokers.isEmpty ? error : error.ofKnownBroker
    }
  }

  /// All addresses worth trying, known brokers before bootstrap addresses, each once.
  private func endpoints() -> [BrokerEndpoint] {
    let known = snapshot.brokers.map { BrokerEndpoint(id: $0.id, address: $0.address) }
    // Start at a random one, so that many clients do not all ask the first.
    let start = known.isEmpty ? 0 : Int(runtime.entropy.next() % UInt64(known.count))
    let addresses = Set(known.map(\.address))
    return Array(known[start...]) + Array(known[..<start])
      + configuration.bootstrap.filter { !addresses.contains($0) }.map { BrokerEndpoint(id: nil, address: $0) }
  }

  /// Gives up what is known of brokers that metadata no longer names at their addresses.
  private func dropUnnamedBrokers() {
    let named = Set(snapshot.brokers.map(\.address) + configuration.bootstrap)
    reconnects = reconnects.filter { named.contains($0.key) }
    connections.dropBrokers(notIn: snapshot)
  }

  // MARK: Metadata

  /// Adds a topic to those that refreshes ask for, until ``unfollow(_:)`` and a while longer: for as long as metadata
  /// is used before it is asked for anew.
  func follow(_ topic: String, createIfMissing: Bool) { followed.add(topic, createIfMissing: createIfMissing) }

  /// Ends what one call of ``follow(_:createIfMissing:)`` has begun.
  func unfollow(_ topic: String) { followed.release(topic, at: runtime.loop.now) }

  /// Has refreshes ask for all topics that there are, until ``stopFollowingAllTopics()``.
  func followAllTopics() { followed.addAll() }

  /// Ends what one call of ``followAllTopics()`` has begun.
  func stopFollowingAllTopics() { followed.releaseAll() }

  /// Remembers that a topic is there, whatever brokers say that have not heard of it yet.
  func noteCreated(_ topic: String) { creations[topic] = runtime.loop.now }

  /// Whether a topic was created less than so long ago, so that brokers that do not know it will.
  func isJustCreated(_ topic: String, within duration: Duration) -> Bool {
    creations[topic].map { runtime.loop.now - $0 < duration } ?? false
  }

  /// Names someone who wants to know of new snapshots.
  struct ObserverID: Equatable, Sendable { fileprivate let number: Int }

  struct Observer: Sendable {
    fileprivate let id: ObserverID
    fileprivate let learn: @Sendable (ClusterMetadata) -> Void
    fileprivate let end: @Sendable (KafkaError) -> Void
  }

  /// Calls `learn` on the loop with every snapshot from now on, and `end` when the client is closed, until
  /// ``stopObserving(_:)``.
  func observe(
    _ learn: @escaping @Sendable (ClusterMetadata) -> Void, end: @escaping @Sendable (KafkaError) -> Void
  ) -> ObserverID {
    nextObserver += 1
    let id = ObserverID(number: nextObserver)
    observers.append(Observer(id: id, learn: learn, end: end))
    return id
  }

  func stopObserving(_ id: ObserverID) { observers.removeAll { $0.id == id } }

  /// Asks for a newer snapshot without waiting for it. One refresh serves all who ask while it is on its way.
  func requestRefresh() {
    guard !isClosed else { return }
    guard !isRefreshing else { return }
    isRefreshing = true
    tasks.start { await self.refresh() }
  }

  /// Waits for a snapshot that was asked for after this call.
  func refreshed(by deadline: Instant) async throws(KafkaError) -> ClusterMetadata {
    let number = nextWaiter
    nextWaiter += 1
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // All at once: on the way into here others may have their turn, and before the wait a refresh may end.
        let timer = runtime.loop.schedule(at: deadline) { [weak self] in
          self?.assumeIsolated { $0.failWaiter(number, .outOfTime) }
        }
        waiters[number] = Waiter(continuation: continuation, timer: timer, refresh: refreshCount + 1)
        if isClosed { return failWaiter(number, Self.closedError) }
        requestRefresh()
        if Task.isCancelled { failWaiter(number, .cancelled) }
      }
    } onCancel: {
      runtime.loop.execute { self.assumeIsolated { $0.failWaiter(number, .cancelled) } }
    }
    return try result.get()
  }

  private func failWaiter(_ number: UInt64, _ error: KafkaError) {
    guard let waiter = waiters.removeValue(forKey: number) else { return }
    runtime.loop.cancel(waiter.timer)
    let cause = error.code == .timedOut ? refreshFailure ?? lastFailure ?? silence : nil
    waiter.continuation.resume(returning: .failure((cause ?? error).during("Metadata")))
  }

  /// Names the brokers that were asked and have not answered, if there are any.
  private var silence: KafkaError? {
    let silent = connections.silent
    guard !silent.isEmpty else { return nil }
    let names = silent.joined(separator: ", ")
    return KafkaError(.timedOut, "no answer in time from \(names)")
  }

  private func refresh() async {
    if runtime.loop.now < earliestRefresh { try? await pause(earliestRefresh - runtime.loop.now) }
    while !isClosed {
      refreshCount += 1
      let deadline = runtime.loop.now + configuration.requestTimeout
      followed.dropIdle(for: configuration.metadataMaximumAge, at: runtime.loop.now)
      do throws(KafkaError) {
        let interest = followed.interest
        let metadata =
          followed.areAllUsed
          ? try await fetchAllMetadata(with: interest, by: deadline)
          : try await fetchMetadata(of: interest, by: deadline)
        refreshBackoff.reset()
        earliestRefresh = runtime.loop.now + refreshBackoff.next(runtime.entropy)
        refreshFailure = nil
        publish(metadata)
        if waiters.isEmpty { break }
      } catch {
        refreshFailure = error.following(refreshFailure)
        guard error.isRetriable else {
          for number in waiters.keys.sorted() { failWaiter(number, error) }
          break
        }
        warnOfUnreachable(error)
        try? await pause(refreshBackoff.next(runtime.entropy))
      }
    }
    isRefreshing = false
  }

  private func publish(_ metadata: ClusterMetadata) {
    warnedOfUnreachable = false
    lastFailure = nil
    configuration.report(
      .debug,
      "metadata: \(metadata.brokers.count) brokers, \(metadata.topics.count) topics, controller "
        + (metadata.controllerID.map(String.init) ?? "unknown"))
    snapshot = metadata.keepingUsable(from: snapshot)
    for topic in snapshot.topics where topic.error == nil { followed.noteExisting(topic.name) }
    for number in waiters.keys.sorted() {
      guard let waiter = waiters[number], waiter.refresh <= refreshCount else { continue }
      waiters[number] = nil
      runtime.loop.cancel(waiter.timer)
      waiter.continuation.resume(returning: .success(snapshot))
    }
    dropUnnamedBrokers()
    for observer in observers where observers.contains(where: { $0.id == observer.id }) { observer.learn(snapshot) }
    if let ageTimer { runtime.loop.cancel(ageTimer) }
    ageTimer = runtime.loop.schedule(at: runtime.loop.now + configuration.metadataMaximumAge) { [weak self] in
      self?.assumeIsolated { $0.requestRefresh() }
    }
  }

  /// Learns brokers and controller from metadata that was fetched for a single question.
  func adopt(_ metadata: ClusterMetadata) {
    guard snapshot.brokers.isEmpty || snapshot.controllerID != metadata.controllerID else { return }
    snapshot = ClusterMetadata(
      clusterID: metadata.clusterID, controllerID: metadata.controllerID, brokers: metadata.brokers,
      topics: snapshot.topics)
  }

  private func warnOfUnreachable(_ error: KafkaError) {
    guard error.code != .cancelled else { return }
    configuration.report(warnedOfUnreachable ? .retry : .warning, "\(error); trying again")
    warnedOfUnreachable = true
  }

  // MARK: End

  /// Waits, or throws when the task is cancelled or the client closed.
  func pause(_ duration: Duration) async throws(KafkaError) {
    let runtime = runtime
    guard let sleep = tasks.start({ try await runtime.sleep(for: duration) }) else { throw Self.closedError }
    let result = await withTaskCancellationHandler {
      await sleep.result
    } onCancel: {
      sleep.cancel()
    }
    guard case .failure = result else { return }
    throw isClosed ? Self.closedError : .cancelled
  }

  static let closedError = KafkaError(.cancelled, "the client is closed")

  /// Closes every connection, and returns when all that worked for the client has ended; what waits fails.
  func close() async {
    isClosed = true
    if let ageTimer { runtime.loop.cancel(ageTimer) }
    for number in waiters.keys.sorted() { failWaiter(number, Self.closedError) }
    // Producers settle all that they have, and readers end.
    for observer in observers { observer.end(Self.closedError) }
    observers = []
    connections.closeAll(Self.closedError)
    hasEnded.store(true, ordering: .releasing)
    await tasks.end()
  }
}
