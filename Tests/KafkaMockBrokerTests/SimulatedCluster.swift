import KafkaMockBroker
import Transport

/// Runs `body` with a cluster in a simulated network, whose brokers have hosts of their own: `broker-1` and on.
func withSimulatedCluster<Success: Sendable>(
  brokers: Int = 1, topics: [String: Int] = ["t": 1], release: KafkaRelease = .latest,
  advertisedHost: String? = nil, seed: UInt64 = 1,
  _ body: @escaping @Sendable (MockCluster, Runtime) async throws -> Success
) throws -> Success {
  let simulation = SimulatedRuntime(seed: seed)
  let runtime = simulation.runtime
  return try simulation.run {
    var configuration = MockClusterConfiguration(brokers: brokers, topics: topics)
    configuration.brokerHost = { "broker-\($0)" }
    configuration.firstPort = 9092
    configuration.release = release
    configuration.advertisedHost = advertisedHost
    return try await withMockCluster(configuration, on: runtime) { try await body($0, runtime) }
  }
}
