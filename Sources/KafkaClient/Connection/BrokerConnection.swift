import Buffers
import KafkaProtocol
import Transport

/// One connection to one broker: made once, used until it ends, never made again.
///
/// Requests are pipelined and answered in order. A request that gets no answer in time ends the connection, because
/// what comes after it could not be told from its late answer.
actor BrokerConnection {
  private enum State {
    case idle
    /// The connection is being made; these wait for its end.
    case opening([@Sendable (Result<BrokerVersions, KafkaError>) -> Void])
    case ready(any Channel, BrokerVersions)
    case closed(KafkaError)
  }

  nonisolated let runtime: Runtime
  nonisolated let configuration: KafkaClientConfiguration
  nonisolated let memory: NegotiationMemory
  private let tasks: BackgroundTasks
  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  /// Where the broker is, and which one it is as soon as that is known.
  private(set) var endpoint: BrokerEndpoint
  private var state = State.idle
  private var queue = RequestQueue()
  /// One timer serves all requests.
  private var timer: EarliestTimer
  /// What had passed when deadlines were set or checked last.
  private var lastProgress = ConnectionProgress()
  /// The bytes of all requests so far, sent or not.
  var requestBytes: UInt64 = 0
  /// The task that makes it.
  private var opening: Task<Void, any Error>?
  /// When it began to be made.
  private var openedAt = Instant(nanoseconds: 0)
  /// Who is to be told when the connection has ended: all producers of a client share it.
  private(set) var closeObservers: [(owner: ObjectIdentifier, body: @Sendable (KafkaError) -> Void)] = []
  /// The one request that is under way while the connection is being set up.
  var handshake: Handshake?

  init(
    to endpoint: BrokerEndpoint, runtime: Runtime, configuration: KafkaClientConfiguration, memory: NegotiationMemory,
    tasks: BackgroundTasks
  ) {
    self.endpoint = endpoint
    self.runtime = runtime
    self.configuration = configuration
    self.memory = memory
    self.tasks = tasks
    timer = EarliestTimer(runtime.loop)
  }

  /// Whether the connection has ended, so that another must be made.
  var isClosed: Bool { if case .closed = state { true } else { false } }

  /// Whether requests can be sent at once.
  var isReady: Bool { if case .ready = state { true } else { false } }

  /// Whether the broker was asked something that it has not answered, if only for a connection.
  var isAwaitingAnswer: Bool {
    switch state {
    case .opening: true
    case .ready: !queue.isEmpty
    case .idle, .closed: false
    }
  }

  /// Notes which broker it is that is at this address.
  ///
  /// - Returns: Whether the connection can be used for it; not if it has ended.
  func identify(as endpoint: BrokerEndpoint) -> Bool {
    guard !isClosed else { return false }
    self.endpoint = endpoint
    return true
  }

  /// Calls `body` once when the connection has ended, at once if it has already, but not after
  /// ``stopNotifying(_:)``.
  func notifyClose(_ owner: ObjectIdentifier, _ body: @escaping @Sendable (KafkaError) -> Void) {
    if case .closed(let error) = state { body(error) } else { closeObservers.append((owner, body)) }
  }

  func stopNotifying(_ owner: ObjectIdentifier) { closeObservers.removeAll { $0.owner == owner } }

  /// How long ago it began to be made.
  private var age: Duration { runtime.loop.now - openedAt }

  // MARK: Opening

  /// The versions that the broker speaks; makes the connection when it is asked for the first time.
  ///
  /// - Throws: Also when the task is cancelled, at once; the connection is made all the same.
  func versions() async throws(KafkaError) -> BrokerVersions {
    if case .ready(_, let versions) = state { return versions }
    guard let result = await firstAnswer({ whenReady($0) }) else { throw .cancelled }
    return try result.get()
  }

  /// Calls `body` on the loop when the connection is ready or has failed; makes it when it is asked for first.
  func whenReady(_ body: @escaping @Sendable (Result<BrokerVersions, KafkaError>) -> Void) {
    switch state {
    case .ready(_, let versions): body(.success(versions))
    case .closed(let error): body(.failure(error))
    case .opening(let waiting): state = .opening(waiting + [body])
    case .idle:
      guard let task = tasks.start({ await self.open() }) else { return body(.failure(Cluster.closedError)) }
      state = .opening([body])
      opening = task
    }
  }

  private func open() async {
    openedAt = runtime.loop.now
    let result: Result<Established, KafkaError>
    do throws(KafkaError) { result = .success(try await establish()) } catch { result = .failure(error) }
    opening = nil
    guard case .opening(let waiting) = state else {
      if case .success(let established) = result { established.channel.close() }
      return
    }
    switch result {
    case .success(let established):
      state = .ready(established.channel, established.versions)
      configuration.report(.info, "connected to \(endpoint) in \(age.measured)")
      for body in waiting { body(.success(established.versions)) }
    case .failure(let error):
      let error = error.during("connect", at: endpoint.description)
      configuration.report(.debug, "no connection to \(endpoint) after \(age.measured): \(error.reason)")
      state = .closed(error)
      for body in waiting { body(.failure(error)) }
    }
  }

  // MARK: Requests

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: Also when the task is cancelled, at once. The answer is dropped when it comes.
  func send<Request: WireRequest>(
    _ request: Request, version: Int16, timeout: Duration? = nil
  ) async throws(KafkaError) -> Request.Response {
    let frame: Bytes
    do throws(KafkaError) {
      let answer = await firstAnswer { submit(request, version: version, timeout: timeout, reply: $0) }
      guard let answer else { throw .cancelled }
      frame = try answer.get()
      return try decode(Request.Response.self, from: frame, version: version)
    } catch {
      throw error.during(apiName(Request.self), at: endpoint.description)
    }
  }

  /// Sends a request; `reply` is called on the loop with the frame of its answer, exactly once.
  func submit<Request: WireRequest>(
    _ request: Request, version: Int16, timeout: Duration? = nil,
    reply: @escaping @Sendable (Result<Bytes, KafkaError>) -> Void
  ) {
    guard case .ready(let channel, _) = state else {
      let error: KafkaError =
        if case .closed(let error) = state { error } else { .init(.connectionLost, "not connected") }
      return reply(.failure(error))
    }
    let timeout = timeout ?? configuration.requestTimeout
    do throws(KafkaError) {
      let correlationID = queue.takeCorrelationID()
      let segments = try encode(request, version: version, correlationID: correlationID)
      let label = label(Request.self, version, correlationID)
      queue.append(
        .init(correlationID: correlationID, sentAt: runtime.loop.now, timeout: timeout, label: label, reply: reply))
      write(segments, label, to: channel)
      if queue.count == 1 { lastProgress = progress(of: channel) }
      armTimer()
    } catch {
      reply(.failure(error))
    }
  }

  /// Sends a request that the broker does not answer (Produce with acknowledgement 0).
  ///
  /// - Returns: Why it could not be sent, if so.
  func submitWithoutAnswer<Request: WireRequest>(_ request: Request, version: Int16) -> KafkaError? {
    guard case .ready(let channel, _) = state else { return KafkaError(.connectionLost, "not connected") }
    do throws(KafkaError) {
      let correlationID = queue.takeCorrelationID()
      let segments = try encode(request, version: version, correlationID: correlationID)
      write(segments, label(Request.self, version, correlationID), to: channel)
      return nil
    } catch {
      return error
    }
  }

  func encode<Request: WireRequest>(
    _ request: Request, version: Int16, correlationID: Int32
  ) throws(KafkaError) -> [Bytes] {
    do throws(WireError) {
      return try RequestFrame.encode(
        request, version: version, correlationID: correlationID, clientID: configuration.clientID)
    } catch {
      throw KafkaError(.invalidArgument, "cannot encode version \(version) of the request: \(error)")
    }
  }

  nonisolated func decode<Response: WireResponse>(
    _ type: Response.Type, from frame: Bytes, version: Int16
  ) throws(KafkaError) -> Response {
    do throws(WireError) {
      return try ResponseFrame.decode(type, from: frame, version: version)
    } catch {
      throw KafkaError(.malformedResponse, "the answer (version \(version)) cannot be read: \(error)")
    }
  }

  // MARK: Answers

  private func receive(_ frame: Bytes, on channel: any Channel) {
    configuration.report(.debug, in: .io, "\(frame.count) bytes from \(endpoint)")
    if finishHandshake(on: channel, .success(frame)) { return }
    guard case .ready(let current, _) = state, current === channel, !Self.isAnswerToNudge(frame) else { return }
    guard let correlationID = try? ResponseFrame.correlationID(of: frame), let entry = queue.match(correlationID) else {
      return close(KafkaError(.malformedResponse, "an answer came that belongs to no request or to a later one"))
    }
    lastProgress = progress(of: channel)
    armTimer()
    noteAnswer(frame, to: entry.label, sentAt: entry.sentAt)
    entry.reply(.success(frame))
  }

  private func channelClosed(_ channel: any Channel, _ error: TransportError) {
    if finishHandshake(on: channel, .failure(error)) { return }
    switch state {
    case .ready(let current, _) where current === channel: close(KafkaError(error))
    // Between the last answer of the set-up and the end of the set-up.
    case .opening: close(KafkaError(error))
    case .idle, .ready, .closed: break
    }
  }

  /// Ends the connection. Requests without an answer fail with `error`; whether they were carried out is not known.
  func close(_ error: KafkaError) {
    let error = error.during(error.operation, at: endpoint.description)
    switch state {
    case .closed: return
    case .idle: state = .closed(error)
    case .opening(let waiting):
      state = .closed(error)
      opening?.cancel()
      if let handshake { _ = finishHandshake(on: handshake.channel, .failure(.cancelled)) }
      for body in waiting { body(.failure(error)) }
    case .ready(let channel, let versions):
      configuration.report(
        .debug,
        "connection to \(endpoint) ended after \(age.measured), \(queue.count) requests unanswered: \(error.reason)")
      state = .closed(error)
      channel.close()
      // A broker that is too old to be asked may come back as a newer one.
      if versions.isBeforeApiVersions { memory.forget(endpoint.address) }
    }
    timer.stop()
    var unanswered = error
    unanswered.isOutcomeUnknown = true
    // Whoever sends over this connection must know that it has ended before a reply lets him send again.
    let observers = closeObservers
    closeObservers = []
    for observer in observers { observer.body(error) }
    for entry in queue.removeAll() { entry.reply(.failure(unanswered)) }
  }

  // MARK: Deadlines

  private func armTimer() {
    guard let earliest = queue.earliestDeadline else { return }
    timer.set(at: earliest) { [weak self] in self?.assumeIsolated { $0.checkDeadlines() } }
  }

  private func checkDeadlines() {
    timer.stop()
    guard case .ready(let channel, _) = state, let earliest = queue.earliestDeadline else { return }
    let now = runtime.loop.now
    let progress = progress(of: channel)
    if earliest <= now {
      // A long request or answer may take longer than the limit as long as it keeps going or coming.
      guard progress.isBeyond(lastProgress) else {
        return close(KafkaError(.timedOut, "no answer within \((queue.earliestTimeout ?? .zero).short)"))
      }
      queue.extendDeadlines(from: now)
    }
    lastProgress = progress
    armTimer()
  }

  private func progress(of channel: any Channel) -> ConnectionProgress {
    let unsent = min(UInt64(channel.unsentBytes), requestBytes)
    return ConnectionProgress(received: channel.receivedBytes, sent: requestBytes - unsent, isSending: unsent > 0)
  }
}

extension BrokerConnection: ChannelReceiver {
  nonisolated func channel(_ channel: any Channel, received frame: Bytes) {
    assumeIsolated { $0.receive(frame, on: channel) }
  }

  nonisolated func channel(_ channel: any Channel, closed error: TransportError) {
    assumeIsolated { $0.channelClosed(channel, error) }
  }
}
