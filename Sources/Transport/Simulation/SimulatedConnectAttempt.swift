import Glibc

/// The error numbers that a simulated network gives.
enum ErrorNumber {
  static let refused = ECONNREFUSED
  static let reset = ECONNRESET
  static let timedOut = ETIMEDOUT
  static let addressInUse = EADDRINUSE
}

/// One call of ``SimulatedNetwork/connect(to:port:family:deadline:)``.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedConnectAttempt: @unchecked Sendable {
  private let network: SimulatedNetwork
  private let endpoint: SimulatedNetwork.Endpoint
  private let family: AddressFamily
  private let deadline: Instant
  private let latency: Duration
  private var completion: (@Sendable (Result<any Channel, TransportError>) -> Void)?
  /// Whether it is over; a task may be cancelled before its attempt begins.
  private var isEnded = false
  private var deadlineTimer: TimerID?
  private var connection: SimulatedConnection?

  init(network: SimulatedNetwork, endpoint: SimulatedNetwork.Endpoint, family: AddressFamily, deadline: Instant) {
    self.network = network
    self.endpoint = endpoint
    self.family = family
    self.deadline = deadline
    latency = network.generator.next(in: network.conditions.latency)
  }

  func start(_ completion: @escaping @Sendable (Result<any Channel, TransportError>) -> Void) {
    self.completion = completion
    guard !isEnded else { return finish(.failure(.cancelled)) }
    deadlineTimer = network.loop.schedule(at: deadline) {
      self.finish(.failure(.timedOut([self.failure(ErrorNumber.timedOut)])))
    }
    after(network.delay(latency)) { self.lookUp() }
  }

  /// Ends the attempt, unless it has ended; a connection that is not given out is closed.
  func finish(_ outcome: Result<any Channel, TransportError>) {
    guard let completion else {
      isEnded = true
      return
    }
    self.completion = nil
    isEnded = true
    deadlineTimer.map(network.loop.cancel)
    if case .failure = outcome { connection?.client.close() }
    completion(outcome)
  }

  private func lookUp() {
    let isLiteral6 = endpoint.host.contains(":")
    let isLiteral4 = endpoint.host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
    if network.faults.unresolvedHosts.contains(endpoint.host) {
      finish(.failure(.unresolved(host: endpoint.host, reason: "name or service not known")))
    } else if (family == .ipv4 && isLiteral6) || (family == .ipv6 && isLiteral4) {
      finish(.failure(.unresolved(host: endpoint.host, reason: "address family for hostname not supported")))
    } else {
      knock(again: .seconds(1))
    }
  }

  /// Asks for the connection; when nothing answers, again after the time given, then after twice that.
  private func knock(again pause: Duration) {
    guard completion != nil else { return }
    if network.faults.silentHosts.contains(endpoint.host) {
      after(pause) { self.knock(again: pause * 2) }
    } else if let listener = network.listener(at: endpoint), !network.faults.refusedEndpoints.contains(endpoint) {
      let connection = network.establish(listener, latency: latency)
      self.connection = connection
      after(network.delay(latency)) { self.finish(.success(connection.client)) }
    } else {
      after(network.delay(latency)) { self.finish(.failure(.unreachable([self.failure(ErrorNumber.refused)]))) }
    }
  }

  private func failure(_ errno: Int32) -> TransportError.FailedAddress {
    .init(address: endpoint.text, errno: errno)
  }

  private func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
    _ = network.loop.schedule(at: network.loop.now + delay, body)
  }
}
