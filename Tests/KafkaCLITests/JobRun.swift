import Glibc
import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@testable import KafkaCLI

/// A command that was run against a mock cluster in a simulated network, and what came of it.
struct JobRun {
  var status: KafkaCLI.ExitStatus
  var output: String
  /// What is no data, a line each.
  var messages: [String]

  /// The lines of the output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A mock cluster in a simulated network, whose brokers have hosts of their own: `broker-1` and on.
struct CommandSimulation: Sendable {
  let cluster: MockCluster
  let runtime: Runtime
  let network: SimulatedNetwork

  /// Runs a command line of one command to its end.
  ///
  /// - Parameters:
  ///   - brokers: The bootstrap servers, all brokers if nil.
  ///   - answer: What is typed where the command asks; nil where nobody can be asked.
  func run(_ line: String, brokers: String? = nil, answer: String? = nil) async throws -> JobRun {
    try await JobRun.of(line, on: brokers ?? cluster.bootstrapServers, runtime, answer: answer)
  }
}

extension JobRun {
  /// Runs a command line of one command to its end. What reads files needs a runtime that is not simulated.
  static func of(
    _ line: String, on brokers: String, _ runtime: Runtime, answer: String? = nil
  ) async throws -> JobRun {
    // As the program does at its start: a reader that goes is an error of writing, and ends nothing.
    signal(SIGPIPE, SIG_IGN)
    let words = line.split(separator: " ").map { Argument(String($0)) }
    let invocation = try CommandLineParser.parse(words + ["-b", Argument(brokers)], environment: [:])
    let common = try #require(invocation.common)
    let log = CollectedText()
    let diagnostics = Diagnostics(isQuiet: common.isQuiet, isVerbose: common.isVerbose) { log.append($0) }
    let client = KafkaClient(KafkaClientConfiguration(common, diagnostics: diagnostics), runtime: runtime)
    let directory = try TemporaryDirectory()
    let output = open(directory.file("output"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(output) }
    let context = JobContext(
      client: client, diagnostics: diagnostics, interrupts: Interrupts { _ in }, outputDescriptor: output,
      confirmation: Confirmation { _, _ in answer })
    let status = await invocation.shellJob(now: 1_700_000_000_000).run(context)
    await client.close()
    return JobRun(
      status: status, output: directory.contents(of: "output") ?? "",
      messages: log.lines)
  }
}

/// Runs `body` with a mock cluster in a simulated network, in virtual time.
func simulateCommands(
  brokers: Int = 3, topics: [String: Int] = ["t": 1], release: KafkaRelease = .latest, seed: UInt64 = 1,
  _ body: @escaping @Sendable (CommandSimulation) async throws -> Void
) throws {
  let simulation = SimulatedRuntime(seed: seed)
  let (runtime, network) = (simulation.runtime, simulation.network)
  try simulation.run(stepBudget: 1_000_000) {
    var configuration = MockClusterConfiguration(brokers: brokers, topics: topics)
    configuration.brokerHost = { "broker-\($0)" }
    configuration.firstPort = 9092
    configuration.release = release
    try await withMockCluster(configuration, on: runtime) {
      try await body(CommandSimulation(cluster: $0, runtime: runtime, network: network))
    }
  }
}
