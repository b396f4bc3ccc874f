import TestHarness

/// librdkafka's own cluster in memory, inside a kcat that waits for input.
struct LibrdkafkaCluster: BootstrapServers {
  let bootstrapServers: String
  private let server: RunningProcess

  init(brokers: Int) async throws {
    guard let kcat = Programs.kcat else { throw Failure("kcat is not installed") }
    // Its own client needs some address and topic, of which the first is replaced.
    let arguments = ["-P", "-b", "localhost", "-t", "unused", "-d", "mock", "-X", "test.mock.num.brokers=\(brokers)"]
    server = try RunningProcess(kcat, arguments, input: nil)
    let log = try await server.errors(containing: "Mock cluster enabled")
    guard let name = log.firstRange(of: "bootstrap.servers=") else { throw Failure("kcat says \(log)") }
    bootstrapServers = String(log[name.upperBound...].prefix { !$0.isWhitespace })
  }
}
