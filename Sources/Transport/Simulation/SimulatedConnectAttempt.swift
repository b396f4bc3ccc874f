import Glibc

/// The error numbers that a simulated network gives.
enum ErrorNumber {
  static let refused = ECONNREFUSED
  static let reset = ECONNRESET
  static let timedOut = ETIMEDOUT
  static let addressInUse = EADDRINUSE
}

/// One call of ``SimulatedNetwork/connect(to:port:family:deadline:)``: like the one of sockets it tries the next
/// address of a name at once when one refuses, and beside one that is silent after 250 ms.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedConnectAttempt: @unchecked Sendable {
  private static let fallbackDelay = Duration.milliseconds(250)

  private let network: SimulatedNetwork
  private let endpoint: SimulatedNetwork.Endpoint
  private let family: AddressFamily
  private let deadline: Instant
  private let latency: Duration
  private var completion: (@Sendable (Result<any Channel, TransportError>) -> Void)?
  /// Whether it is over; a task may be cancelled before its attempt begins.
  private var isEnded = false
  private var deadlineTimer: TimerID?
  private var targets: [SimulatedNetwork.Endpoint] = []
  /// What became of the targets tried so far; nil for one that is still tried.
  private var results: [Int32?] = []
  private var connections: [SimulatedConnection] = []

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
    deadlineTimer = network.loop.schedule(at: deadline) { self.finish(.failure(.timedOut(self.failures))) }
    after(network.delay(latency)) { self.lookUp() }
  }

  /// Ends the attempt, unless it has ended; connections that are not given out are closed.
  func finish(_ outcome: Result<any Channel, TransportError>) {
    isEnded = true
    guard let completion else { return }
    self.completion = nil
    deadlineTimer.map(network.loop.cancel)
    for connection in connections {
      if case .success(let channel) = outcome, channel === connection.client { continue }
      connection.client.close()
    }
    connections = []
    completion(outcome)
  }

  private func lookUp() {
    let found = network.addresses(of: endpoint).filter { target in
      let isLiteral6 = target.host.contains(":")
      let isLiteral4 = target.host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
      return !(family == .ipv4 && isLiteral6) && !(family == .ipv6 && isLiteral4)
    }
    guard !found.isEmpty else {
      return finish(.failure(.unresolved(host: endpoint.host, reason: "name or service not known")))
    }
    targets = found
    tryNext()
  }

  private func tryNext() {
    guard completion != nil else { return }
    if results.count < targets.count {
      let index = results.count
      results.append(nil)
      knock(index, again: .seconds(1))
      after(Self.fallbackDelay) {
        if self.results.count == index + 1, self.results[index] == nil, index + 1 < self.targets.count {
          self.tryNext()
        }
      }
    } else if !results.contains(nil) {
      finish(.failure(.unreachable(failures)))
    }
  }

  /// Asks for the connection; when nothing answers, again after the time given, then after twice that.
  private func knock(_ index: Int, again pause: Duration) {
    guard completion != nil else { return }
    let target = targets[index]
    if network.faults.silentHosts.contains(target.host) {
      after(pause) { self.knock(index, again: pause * 2) }
    } else if let listener = network.listener(at: target), !network.faults.refusedEndpoints.contains(target) {
      let connection = network.establish(listener, latency: latency)
      connections.append(connection)
      after(network.delay(latency)) { self.finish(.success(connection.client)) }
    } else {
      after(network.delay(latency)) {
        self.results[index] = ErrorNumber.refused
        self.tryNext()
      }
    }
  }

  private var failures: [TransportError.FailedAddress] {
    zip(targets, results).map { .init(address: $0.text, errno: $1 ?? ErrorNumber.timedOut) }
  }

  private func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
    _ = network.loop.schedule(at: network.loop.now + delay, body)
  }
}
