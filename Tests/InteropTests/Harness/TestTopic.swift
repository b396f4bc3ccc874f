import TestHarness

/// A topic of one test's own, and what kavka does with it.
struct TestTopic {
  let name: String
  let servers: String
  /// A server ends with the last reference to it, and so not before its topics.
  private let cluster: any BootstrapServers

  init(_ name: String, on cluster: some BootstrapServers) {
    self.name = "\(name)-\(UInt32.random(in: 0 ... .max))"
    servers = cluster.bootstrapServers
    self.cluster = cluster
  }

  /// Creates a topic with several partitions, by kavka where the release can be asked, else by Kafka's own tool.
  static func creating(_ name: String, partitions: Int, on cluster: KafkaCluster) async throws -> TestTopic {
    let topic = TestTopic(name, on: cluster)
    if cluster.release.createsTopicsOnRequest {
      try await topic.produce("", ["--create-topic=\(partitions)"])
    } else {
      _ = try await JavaTool(["kafka/admin/TopicCommand"], for: cluster.release).run([
        "--zookeeper", cluster.zooKeeper, "--create", "--topic", topic.name, "--partitions", "\(partitions)",
        "--replication-factor", "1",
      ])
      try await topic.waitUntilKnown()
    }
    return topic
  }

  /// Waits until the broker knows a topic that a tool has only written into ZooKeeper.
  private func waitUntilKnown() async throws {
    // Each attempt that fails has waited for some seconds.
    for _ in 0..<12 where try await Kavka.run(["produce", "-q", "-b", servers, name]).succeeded { return }
    throw Failure("\(servers) does not know \(name)")
  }

  /// Creates a topic of one partition with settings, such as `cleanup.policy=compact`, by Kafka's own tool.
  static func creating(_ name: String, settings: [String], on cluster: KafkaCluster) async throws -> TestTopic {
    let topic = TestTopic(name, on: cluster)
    let isOld = !cluster.release.version.isAtLeast(2, 2)
    let tool = try JavaTool(["org/apache/kafka/tools/TopicCommand", "kafka/admin/TopicCommand"], for: cluster.release)
    let place = isOld ? ["--zookeeper", cluster.zooKeeper] : ["--bootstrap-server", cluster.bootstrapServers]
    _ = try await tool.run(
      place + ["--create", "--topic", topic.name, "--partitions", "1", "--replication-factor", "1"]
        + settings.flatMap { ["--config", $0] })
    return topic
  }

  func produce(_ input: [UInt8], _ options: [String] = []) async throws {
    try await Kavka.produce(input, to: name, at: servers, options)
  }

  func produce(_ input: String, _ options: [String] = []) async throws {
    try await produce(Array(input.utf8), options)
  }

  /// What `consume` writes until the end of the topic.
  func consume(_ options: [String] = []) async throws -> String {
    String(decoding: try await Kavka.consume(name, at: servers, options), as: UTF8.self)
  }

  /// Runs `consume` on a selection of partitions such as `:3`, for what may fail.
  func tryConsume(_ selection: String = "", _ options: [String]) async throws -> ProcessResult {
    try await Kavka.run(["consume", "-b", servers, name + selection] + options)
  }

  func offsets(_ options: [String] = [], selection: String = "") async throws -> ProcessResult {
    try await Kavka.run(["offsets", "-b", servers, name + selection] + options)
  }
}
