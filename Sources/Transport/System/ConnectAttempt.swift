import Glibc

/// One call of ``SocketNetwork/connect(to:port:family:deadline:)``: looks the name up, tries the addresses in turn and
/// beside each other (RFC 8305), and keeps the first that connects.
///
/// Unchecked because all of its state is used on the loop's thread only.
final class ConnectAttempt: @unchecked Sendable {
  typealias Outcome = Result<any Channel, TransportError>

  private let loop: SystemEventLoop
  private let deadline: Instant
  private let fallbackDelay: Duration
  private var completion: (@Sendable (Outcome) -> Void)?
  private var addresses: [SocketAddress] = []
  /// What became of the addresses tried so far; nil for one that is still tried.
  private var results: [Int32?] = []
  /// The sockets of those that are still tried, each in the place of its address.
  private var pending: [PendingConnection?] = []
  /// Whether it is over; a task may be cancelled before its attempt begins.
  private var isEnded = false
  private var deadlineTimer: TimerID?
  private var fallbackTimer: TimerID?

  init(loop: SystemEventLoop, deadline: Instant, fallbackDelay: Duration) {
    self.loop = loop
    self.deadline = deadline
    self.fallbackDelay = fallbackDelay
  }

  /// Begins; `completion` is called once, on the loop.
  func start(
    host: String, port: UInt16, family: AddressFamily, resolver: any NameResolver,
    _ completion: @escaping @Sendable (Outcome) -> Void
  ) {
    self.completion = completion
    guard !isEnded, !loop.isStopping else { return finish(.failure(.cancelled)) }
    deadlineTimer = loop.schedule(at: deadline) { self.timeOut() }
    if let address = SystemNameResolver.literal(host, port: port, family: family) {
      return resolved(.success([address]))
    }
    do throws(TransportError) {
      // A thread for each lookup: one name server that does not answer must not hold up the other names.
      let loop = self.loop
      try SystemThread(name: "kavka-resolver") {
        let found = resolver.addresses(of: host, port: port, family: family)
        loop.execute { self.resolved(found) }
      }.detach()
    } catch {
      finish(.failure(error))
    }
  }

  /// Ends the attempt, unless it has ended, and closes every connection but the one that is given out.
  func finish(_ outcome: Outcome) {
    guard let completion else {
      isEnded = true
      return
    }
    self.completion = nil
    isEnded = true
    for timer in [deadlineTimer, fallbackTimer] { timer.map(loop.cancel) }
    for connection in pending { connection?.close() }
    pending = []
    completion(outcome)
  }

  private func resolved(_ found: Result<[SocketAddress], TransportError>) {
    guard completion != nil else { return }
    switch found {
    case .success(let addresses):
      self.addresses = addresses.interleaved
      pending = .init(repeating: nil, count: addresses.count)
      tryNext()
    case .failure(let error):
      finish(.failure(error))
    }
  }

  private func tryNext() {
    fallbackTimer.map(loop.cancel)
    fallbackTimer = nil
    while results.count < addresses.count, completion != nil {
      let index = results.count
      results.append(nil)
      if let failure = begin(index) {
        results[index] = failure
        continue
      }
      if completion != nil, results.count < addresses.count {
        fallbackTimer = loop.schedule(at: loop.now + fallbackDelay) { self.tryNext() }
      }
      return
    }
    if pending.allSatisfy({ $0 == nil }) { finish(.failure(.unreachable(failures(pending: ETIMEDOUT)))) }
  }

  /// Starts to connect to one address; returns the error number if that fails at once.
  private func begin(_ index: Int) -> Int32? {
    let address = addresses[index]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { return errno }
    let connected = address.withPointer { Glibc.connect(descriptor, $0, address.length) } == 0
    guard connected || errno == EINPROGRESS else {
      let code = errno
      Glibc.close(descriptor)
      return code
    }
    // A connection that stood at once is writable at once, and takes the same way.
    let connection = PendingConnection(descriptor, loop: loop) { self.settled(index, $0) }
    do throws(TransportError) {
      try loop.poller.add(descriptor, .writable, connection)
    } catch {
      Glibc.close(descriptor)
      // Of the poller only a system call can fail.
      if case .system(_, let code) = error { return code }
      return EIO
    }
    pending[index] = connection
    return nil
  }

  private func settled(_ index: Int, _ code: Int32) {
    guard pending.indices.contains(index), let connection = pending[index].take() else { return }
    if code == 0 {
      let descriptor = connection.release()
      let peer = addresses[index].description
      do throws(TransportError) {
        finish(.success(try SocketChannel(descriptor, peer: peer, loop: loop)))
      } catch {
        finish(.failure(error))
      }
      return
    }
    connection.close()
    if code == ECANCELED { return finish(.failure(.cancelled)) }
    results[index] = code
    tryNext()
  }

  private func timeOut() { finish(.failure(.timedOut(failures(pending: ETIMEDOUT)))) }

  private func failures(pending code: Int32) -> [TransportError.FailedAddress] {
    zip(addresses, results).map { .init(address: $0.description, errno: $1 ?? code) }
  }
}

/// A socket that connects.
///
/// Unchecked because all of its state is used on the loop's thread only.
final class PendingConnection: DescriptorHandler, @unchecked Sendable {
  private let loop: SystemEventLoop
  /// -1 when closed or released.
  private var descriptor: Int32
  private let settled: @Sendable (Int32) -> Void

  /// - Parameter settled: Told the error number, or 0 when connected.
  init(_ descriptor: Int32, loop: SystemEventLoop, settled: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.loop = loop
    self.settled = settled
  }

  func ready(_ events: Poller.Events) {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    // A port of the range for outgoing connections can, when nobody listens there, connect to itself.
    if code == 0, let own = SocketAddress.own(descriptor), own == SocketAddress.peer(descriptor) { code = ECONNREFUSED }
    settled(code)
  }

  func loopStops() { settled(ECANCELED) }

  func close() {
    let descriptor = release()
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Gives the socket out, no longer known to the loop.
  func release() -> Int32 {
    let descriptor = self.descriptor
    self.descriptor = -1
    if descriptor >= 0 { loop.poller.remove(descriptor) }
    return descriptor
  }
}
