import KafkaProtocol
import Transport

/// The brokers of a cluster: their listeners and connections, on one event loop, around one ``ClusterState``.
///
/// Its executor is the loop, so that the loop's callbacks are inside it and no lock is needed.
actor ClusterServer {
  nonisolated let runtime: Runtime
  private let advertisedHost: String?
  var state: ClusterState
  var script = FaultScript()
  var log: RequestLog
  /// By broker id.
  var endpoints: [BrokerEndpoint]
  var connections: [Int: ServerConnection] = [:]
  /// The connections whose request waits for records, in the order in which they began to.
  var waiting: [Int] = []
  /// How many rounds of waking are due, the running one included.
  var wakeRounds = 0
  private var lastConnection = 0
  private var isStopped = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { runtime.loop.asUnownedSerialExecutor() }

  init(runtime: Runtime, configuration: MockClusterConfiguration) {
    self.runtime = runtime
    advertisedHost = configuration.advertisedHost
    let ids = (1...max(configuration.brokers, 1)).map { Int32($0) }
    endpoints = ids.map { id in
      let port = configuration.firstPort.map { $0 &+ UInt16(truncatingIfNeeded: id - 1) } ?? 0
      return BrokerEndpoint(id: id, host: configuration.host(of: id), port: port)
    }
    log = RequestLog(capacity: configuration.rememberedRequests)
    let identity = UUID128(high: runtime.entropy.next(), low: runtime.entropy.next())
    state = ClusterState(
      brokers: endpoints.map { BrokerState(id: $0.id, host: $0.host, port: $0.port, rack: configuration.racks[$0.id]) },
      settings: configuration.settings, identity: identity)
    state.versions = SpokenVersions(configuration.release)
  }

  // MARK: Start and stop

  /// Listens for all brokers, then creates topics. Where one cannot listen, none does.
  func start(topics: [String: Int], replicationFactor: Int) throws(MockClusterError) {
    do throws(MockClusterError) {
      for endpoint in endpoints { try listen(endpoint.id) }
      for (name, partitions) in topics.sorted(by: { $0.key < $1.key }) {
        try createTopic(name, partitions: partitions, replicationFactor: replicationFactor)
      }
    } catch {
      stop()
      throw error
    }
  }

  /// Closes all listeners and connections. A second call does nothing.
  func stop() {
    isStopped = true
    for index in endpoints.indices {
      endpoints[index].listener?.close()
      endpoints[index].listener = nil
    }
    closeConnections(isReset: false) { _ in true }
  }

  func createTopic(_ name: String, partitions: Int, replicationFactor: Int) throws(MockClusterError) {
    if let code = state.createTopic(name, partitions: partitions, replicationFactor: replicationFactor) {
      throw MockClusterError("cannot create topic '\(name)': \(code)")
    }
  }

  /// Opens a broker's listener, on the port that it had before if it had one.
  func listen(_ broker: Int32) throws(MockClusterError) {
    guard let index = endpoints.firstIndex(where: { $0.id == broker }) else {
      throw MockClusterError("there is no broker \(broker)")
    }
    guard endpoints[index].listener == nil, !isStopped else { return }
    let endpoint = endpoints[index]
    do throws(TransportError) {
      let listener = try runtime.network.listen(on: endpoint.host, port: endpoint.port) { [weak self] channel in
        guard let self else { return channel.close() }
        self.assumeIsolated { $0.accept(channel, broker: broker) }
      }
      endpoints[index].listener = listener
      endpoints[index].port = listener.port
      state.setAddress(advertisedHost ?? endpoint.host, listener.port, ofBroker: broker)
    } catch {
      throw MockClusterError("broker \(broker) cannot listen on \(endpoint.host):\(endpoint.port): \(error)")
    }
  }

  // MARK: Connections

  /// The largest request that is read, as `socket.request.max.bytes` has it.
  private static let maximumRequestSize = 100 << 20

  private func accept(_ channel: any Channel, broker: Int32) {
    lastConnection += 1
    connections[lastConnection] = ServerConnection(number: lastConnection, broker: broker, channel: channel)
    channel.start(
      ConnectionReceiver(server: self, connection: lastConnection), maximumFrameSize: Self.maximumRequestSize)
  }

  /// Closes the connections that `isMeant` says.
  func closeConnections(isReset: Bool, where isMeant: (ServerConnection) -> Bool) {
    for (_, connection) in connections.sorted(by: { $0.key < $1.key }) where isMeant(connection) {
      close(connection, isReset: isReset)
    }
  }

  func close(_ connection: ServerConnection, isReset: Bool = false) {
    if isReset { connection.channel.reset() } else { connection.channel.close() }
    ended(connection.number)
  }

  /// Forgets a connection that has ended.
  func ended(_ number: Int) {
    guard let connection = connections.removeValue(forKey: number) else { return }
    if case .waiting(let exchange) = connection.phase { exchange.timer.map(runtime.loop.cancel) }
    connection.phase = .stalled
    waiting.removeAll { $0 == number }
  }
}
