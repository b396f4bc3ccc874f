import Buffers
import KafkaProtocol
import Transport

extension ClusterServer {
  func received(_ frame: Bytes, on number: Int) {
    guard let connection = connections[number] else { return }
    connection.enqueue(frame)
    guard connection.queuedBytes <= ServerConnection.maximumQueuedBytes else { return close(connection) }
    serve(connection)
  }

  /// Serves the requests of a connection until one has to wait.
  func serve(_ connection: ServerConnection) {
    while connections[connection.number] != nil, !isPaused(connection.broker), let frame = connection.nextFrame() {
      let changeCount = state.changeCount
      begin(frame, on: connection)
      if state.changeCount != changeCount { wakeWaiting() }
    }
  }

  /// Reads a request and answers it. One that cannot be read costs the connection, as with a real broker.
  private func begin(_ frame: Bytes, on connection: ServerConnection) {
    do throws(WireError) {
      let header = try RequestFrame.header(of: frame)
      let api = MockAPI(key: header.apiKey)
      guard let handler = AnyHandler.handler(of: api),
        state.versions.accepts(api, version: header.version, handled: handler.versions)
      else { return try refuse(header, on: connection) }
      let request = try handler.decode(header)
      begin(request, header, on: connection)
    } catch {
      close(connection)
    }
  }

  /// Answers a version that is not spoken: only ApiVersions has a way to say so (KIP-511).
  private func refuse(_ header: RequestHeader, on connection: ServerConnection) throws(WireError) {
    let request = MockRequest(header, broker: connection.broker, connection: connection.number, names: [])
    log.add(request)
    guard request.api == .apiVersions,
      state.versions.offered(.apiVersions, handled: ApiVersionsHandler.versions) != nil
    else { return close(connection) }
    connection.channel.send(
      try ResponseFrame.encode(
        ApiVersionsHandler.unsupported(in: state), version: 0, correlationID: header.correlationID))
  }

  private func begin(_ request: any ReceivedRequest, _ header: RequestHeader, on connection: ServerConnection) {
    let names = request.names(state)
    let received = MockRequest(header, broker: connection.broker, connection: connection.number, names: names)
    log.add(received)
    let plan = script.plan(for: received.api, broker: connection.broker, names)
    for observer in plan.observers { observer(received) }
    for move in plan.moves { state.moveLeader(of: move.name, to: move.broker) }
    if case .close(let isReset) = plan.ending { return close(connection, isReset: isReset) }
    let context = RequestContext(
      broker: connection.broker, version: header.version, now: runtime.wallClock.milliseconds, injected: plan.error)
    attempt(Exchange(header: header, request: request, context: context, plan: plan), on: connection)
  }

  /// Has the handler answer, or say that it has to wait.
  private func attempt(_ exchange: Exchange, on connection: ServerConnection) {
    let outcome: Outcome<[Bytes]>
    do throws(WireError) {
      outcome = try exchange.request.answer(
        exchange.context, correlationID: exchange.correlationID, in: &state)
    } catch {
      return close(connection)
    }
    switch outcome {
    case .answer(let segments):
      stopWaiting(exchange, connection)
      finish(segments, exchange, on: connection)
    case .silence:
      connection.phase = .idle
    case .close:
      close(connection)
    case .wait(let duration):
      wait(duration, exchange, on: connection)
    }
  }

  // MARK: Waiting

  private func wait(_ duration: Duration, _ exchange: Exchange, on connection: ServerConnection) {
    var exchange = exchange
    if exchange.timer == nil {
      let number = connection.number
      exchange.timer = runtime.loop.schedule(at: runtime.loop.now + duration) { [weak self] in
        self?.assumeIsolated { $0.endWait(number) }
      }
      waiting.append(number)
    }
    connection.phase = .waiting(exchange)
  }

  private func stopWaiting(_ exchange: Exchange, _ connection: ServerConnection) {
    guard let timer = exchange.timer else { return }
    runtime.loop.cancel(timer)
    waiting.removeAll { $0 == connection.number }
  }

  private func endWait(_ number: Int) {
    guard let connection = connections[number], case .waiting(var exchange) = connection.phase else { return }
    exchange.context.mayWait = false
    connection.phase = .waiting(exchange)
    guard !isPaused(connection.broker) else { return }
    attempt(exchange, on: connection)
    serve(connection)
  }

  /// Lets every request that waits look again.
  ///
  /// What is served behind one of them may change the state once more, which is another round and no deeper call.
  func wakeWaiting() {
    wakeRounds += 1
    guard wakeRounds == 1 else { return }
    while wakeRounds > 0 {
      wakeRounds = 1
      for number in waiting {
        guard let connection = connections[number], !isPaused(connection.broker),
          case .waiting(let exchange) = connection.phase
        else { continue }
        attempt(exchange, on: connection)
        serve(connection)
      }
      wakeRounds -= 1
    }
  }

  // MARK: Answering

  private func finish(_ segments: [Bytes], _ exchange: Exchange, on connection: ServerConnection) {
    guard exchange.plan.delay > .zero else { return send(segments, exchange, on: connection) }
    connection.phase = .answering
    let number = connection.number
    _ = runtime.loop.schedule(at: runtime.loop.now + exchange.plan.delay) { [weak self] in
      self?.assumeIsolated { server in
        guard let connection = server.connections[number] else { return }
        server.send(segments, exchange, on: connection)
        server.serve(connection)
      }
    }
  }

  /// Sends an answer as the faults have it.
  func send(_ segments: [Bytes], _ exchange: Exchange, on connection: ServerConnection) {
    guard !isPaused(connection.broker) else {
      connection.phase = .held(exchange, segments)
      return
    }
    connection.phase = .idle
    switch exchange.plan.ending {
    case .answer, .wrongCorrelationID: connection.channel.send(segments)
    case .close(let isReset): close(connection, isReset: isReset)
    case .closeAfter(let count):
      connection.phase = .stalled
      connection.channel.send(segments.prefix(bytes: count))
      closeWhenSent(connection.number)
    case .garbage(let count):
      connection.channel.send([garbage(count, correlationID: exchange.header.correlationID)])
    case .rawBytes(let bytes): connection.channel.send([Bytes(copying: bytes)])
    case .noAnswer: connection.phase = .stalled
    }
  }

  private func closeWhenSent(_ number: Int) {
    guard let connection = connections[number] else { return }
    guard connection.channel.unsentBytes > 0 else { return close(connection) }
    _ = runtime.loop.schedule(at: runtime.loop.now + .milliseconds(5)) { [weak self] in
      self?.assumeIsolated { $0.closeWhenSent(number) }
    }
  }

  private func garbage(_ count: Int, correlationID: Int32) -> Bytes {
    var builder = BytesBuilder(capacity: count + 8)
    builder.append(bigEndian: Int32(clamping: count + 4))
    builder.append(bigEndian: correlationID)
    for _ in 0..<count { builder.append(byte: UInt8(truncatingIfNeeded: runtime.entropy.next())) }
    return builder.finish()
  }
}

extension [Bytes] {
  /// The first `count` bytes of segments.
  fileprivate func prefix(bytes count: Int) -> [Bytes] {
    var left = Swift.max(count, 0)
    return compactMap { segment in
      let size = Swift.min(left, segment.count)
      left -= size
      return size > 0 ? segment[0..<size] : nil
    }
  }
}
