/// Connections in memory, with delays, splits and faults drawn from a seed.
///
/// Bytes of one connection arrive in order, in pieces cut at random; those of different connections overtake each
/// other. Hosts are names only: whoever listens on one is reached by it, with `localhost` for `127.0.0.1`, and by the
/// names that ``setAddresses(_:of:)`` gives it.
///
/// Unchecked because it is used on the simulation's thread only.
package final class SimulatedNetwork: Network, @unchecked Sendable {
  /// What the network is like when nothing is broken.
  package struct Conditions: Sendable {
    /// How long a byte takes at least; drawn once for each connection.
    package var latency: ClosedRange<Duration> = .microseconds(50) ... .milliseconds(5)
    /// Into how many pieces what is sent at once is cut at most.
    package var maximumPieces = 5
    /// How many bytes one direction of a connection holds; more stays unsent.
    package var window = 128 * 1024

    package init() {}
  }

  struct Endpoint: Equatable {
    var host: String
    var port: UInt16

    init(host: String, port: UInt16) {
      var host = host.lowercased()
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      self.host = host == "localhost" ? "127.0.0.1" : host
      self.port = port
    }

    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  }

  let loop: SimulatedEventLoop
  let conditions: Conditions
  var generator: SeededGenerator
  // Arrays, not dictionaries: their order is the same in every process.
  private var listeners: [SimulatedListener] = []
  private(set) var connections: [SimulatedConnection] = []
  private var lastConnection = 0
  private var lastPort: UInt16 = 40_000
  private var names: [(name: String, hosts: [String])] = []
  var faults = Faults()

  init(loop: SimulatedEventLoop, seed: UInt64, conditions: Conditions) {
    self.loop = loop
    self.conditions = conditions
    generator = SeededGenerator(seed: seed, stream: "network")
  }

  package func connect(
    to host: String, port: UInt16, family: AddressFamily, deadline: Instant
  ) async throws(TransportError) -> any Channel {
    loop.checkIsolated()
    let attempt = SimulatedConnectAttempt(
      network: self, endpoint: Endpoint(host: host, port: port), family: family, deadline: deadline)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        attempt.start { continuation.resume(returning: $0) }
      }
    } onCancel: {
      loop.execute { attempt.finish(.failure(.cancelled)) }
    }
    return try result.get()
  }

  package func listen(
    on host: String, port: UInt16, accept: @escaping @Sendable (any Channel) -> Void
  ) throws(TransportError) -> any Listener {
    loop.checkIsolated()
    var endpoint = Endpoint(host: host, port: port)
    if port == 0 {
      repeat {
        lastPort = lastPort == .max ? 1024 : lastPort + 1
        endpoint.port = lastPort
      } while listener(at: endpoint) != nil
    }
    guard listener(at: endpoint) == nil else {
      throw TransportError.system(call: "bind", errno: ErrorNumber.addressInUse)
    }
    let listener = SimulatedListener(endpoint, network: self, accept: accept)
    listeners.append(listener)
    return listener
  }

  /// Makes a name stand for these hosts from now on; for none, so that it cannot be resolved; or, with nil, for itself.
  package func setAddresses(_ hosts: [String]?, of name: String) {
    let name = Endpoint(host: name, port: 0).host
    names.removeAll { $0.name == name }
    if let hosts { names.append((name, hosts)) }
  }

  func listener(at endpoint: Endpoint) -> SimulatedListener? { listeners.first { $0.endpoint == endpoint } }

  /// All endpoints that are listened on, in the order in which that began.
  var endpoints: [Endpoint] { listeners.map(\.endpoint) }

  /// The endpoints that a name stands for, in the order in which they are tried.
  func addresses(of endpoint: Endpoint) -> [Endpoint] {
    guard let entry = names.first(where: { $0.name == endpoint.host }) else { return [endpoint] }
    return entry.hosts.map { Endpoint(host: $0, port: endpoint.port) }
  }

  func remove(_ listener: SimulatedListener) { listeners.removeAll { $0 === listener } }

  func remove(_ connection: SimulatedConnection) { connections.removeAll { $0 === connection } }

  /// Makes a connection to a listener and gives it the accepted side.
  func establish(_ listener: SimulatedListener, latency: Duration) -> SimulatedConnection {
    lastConnection += 1
    let connection = SimulatedConnection(
      number: lastConnection, endpoint: listener.endpoint, latency: latency, network: self)
    connections.append(connection)
    listener.accept(connection.server)
    return connection
  }

  /// How long one piece takes: the connection's latency and up to as much again, or rarely much more.
  func delay(_ latency: Duration) -> Duration {
    let extra = generator.next(in: .zero...latency)
    return latency + (generator.next(below: 64) == 0 ? extra * 10 : extra)
  }

  /// Forgets all, which may hold on to each other.
  func discard() {
    for connection in connections { connection.discard() }
    connections = []
    listeners = []
  }
}

/// A listener of a simulated network.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedListener: Listener, @unchecked Sendable {
  let endpoint: SimulatedNetwork.Endpoint
  let accept: @Sendable (any Channel) -> Void
  private weak var network: SimulatedNetwork?

  init(
    _ endpoint: SimulatedNetwork.Endpoint, network: SimulatedNetwork, accept: @escaping @Sendable (any Channel) -> Void
  ) {
    self.endpoint = endpoint
    self.network = network
    self.accept = accept
  }

  var port: UInt16 { endpoint.port }

  func close() { network?.remove(self) }
}
