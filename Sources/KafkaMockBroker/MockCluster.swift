package import Transport

/// A Kafka cluster in this process, for tests: brokers on loopback ports that speak the protocol and keep records in
/// memory.
///
/// All brokers share one event loop and one state, so that what a method changes is so for all of them when it
/// returns. Replicas are never behind, records are never deleted by age, there are no transactions, and groups
/// have no members but those that a test gives them.
public struct MockCluster: Sendable {
  /// The brokers, by id.
  public let brokers: [MockBroker]
  let server: ClusterServer

  /// The addresses of all brokers, for a client to begin with.
  public var bootstrap: [String] { brokers.map(\.address) }

  /// The addresses of all brokers as one text: `127.0.0.1:9092,127.0.0.1:9093`.
  public var bootstrapServers: String { bootstrap.joined(separator: ",") }

  /// Starts a cluster on a runtime of the caller, who stops the cluster before the runtime.
  package static func start(
    _ configuration: MockClusterConfiguration, on runtime: Runtime
  ) async throws(MockClusterError) -> MockCluster {
    try configuration.check()
    let server = ClusterServer(runtime: runtime, configuration: configuration)
    try await server.start(topics: configuration.topics, replicationFactor: configuration.copies)
    let brokers = await server.endpoints.map { MockBroker(id: $0.id, host: $0.host, port: $0.port) }
    return MockCluster(brokers: brokers, server: server)
  }

  /// Closes all listeners and connections. A second call does nothing.
  package func stop() async { await server.stop() }
}

/// Runs a mock cluster while `body` runs.
///
/// - Parameters:
///   - brokers: The number of brokers, whose ids are counted from 1.
///   - topics: The topics that there are from the start, with their numbers of partitions.
/// - Throws: ``MockClusterError`` where the cluster cannot be started, and what `body` throws.
public func withMockCluster<Result>(
  brokers: Int = 1, topics: [String: Int] = [:], _ body: (MockCluster) async throws -> Result
) async throws -> Result {
  try await withMockCluster(MockClusterConfiguration(brokers: brokers, topics: topics), body)
}

/// Runs a mock cluster while `body` runs.
///
/// - Throws: ``MockClusterError`` where the cluster cannot be started, and what `body` throws.
public func withMockCluster<Result>(
  _ configuration: MockClusterConfiguration, _ body: (MockCluster) async throws -> Result
) async throws -> Result {
  let runtime: Runtime
  do throws(TransportError) {
    runtime = try Runtime.system()
  } catch {
    throw MockClusterError("cannot start an event loop: \(error)")
  }
  defer { runtime.stop() }
  return try await withMockCluster(configuration, on: runtime, body)
}

/// Runs a mock cluster on a runtime of the caller while `body` runs.
package func withMockCluster<Result>(
  _ configuration: MockClusterConfiguration, on runtime: Runtime, _ body: (MockCluster) async throws -> Result
) async throws -> Result {
  let cluster = try await MockCluster.start(configuration, on: runtime)
  do {
    let result = try await body(cluster)
    await cluster.stop()
    return result
  } catch {
    await cluster.stop()
    throw error
  }
}
