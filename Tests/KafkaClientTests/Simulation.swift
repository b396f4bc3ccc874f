import KafkaClient
import KafkaMockBroker
import Transport

/// What a test in a simulated network works with.
struct Simulation: Sendable {
  let cluster: MockCluster
  let client: KafkaClient
  let runtime: Runtime
  let network: SimulatedNetwork
  let events: EventLog
}

/// Runs `body` with a mock cluster and a client in a simulated network, in virtual time.
///
/// - Parameter latency: How long bytes are on their way; short and changing if nil.
@discardableResult
func simulate<Success: Sendable>(
  seed: UInt64 = 1, brokers: Int = 3, topics: [String: Int] = ["t": 1], latency: Duration? = nil,
  _ configure: (inout MockClusterConfiguration, inout KafkaClientConfiguration) -> Void = { _, _ in },
  _ body: @escaping @Sendable (Simulation) async throws -> Success
) throws -> Success {
  var conditions = SimulatedNetwork.Conditions()
  if let latency { conditions.latency = latency...latency }
  let simulation = SimulatedRuntime(seed: seed, conditions: conditions)
  var mock = MockClusterConfiguration(brokers: brokers, topics: topics)
  mock.brokerHost = { "broker-\($0)" }
  mock.firstPort = 9092
  var client = KafkaClientConfiguration(
    bootstrap: (1...max(brokers, 1)).map { number in
      BrokerAddress(host: "broker-\(number)", port: 9091 + UInt16(number))
    })
  let events = EventLog()
  client.onEvent = { events.append($0) }
  configure(&mock, &client)
  let (mockConfiguration, clientConfiguration) = (mock, client)
  let (runtime, network) = (simulation.runtime, simulation.network)
  return try simulation.run(stepBudget: 1_000_000) {
    try await withMockCluster(mockConfiguration, on: runtime) { cluster in
      let client = KafkaClient(clientConfiguration, runtime: runtime)
      let result: Result<Success, any Error>
      do {
        result = .success(
          try await body(
            Simulation(cluster: cluster, client: client, runtime: runtime, network: network, events: events)))
      } catch {
        result = .failure(error)
      }
      await client.close()
      return try result.get()
    }
  }
}
