import KafkaMockBroker
import KafkaProtocol
import TestHarness
import Testing

/// kcat as a client of the mock cluster, on real sockets.
@Suite("kcat", .enabled(if: Programs.kcat != nil))
struct KcatTests {
  private static let lines = (0..<500).map { "line \($0) \(String(repeating: "x", count: $0 % 50))" }
  private static let text = lines.flatMap { Array(($0 + "\n").utf8) }

  @Test("lists brokers, topics, partitions and leaders")
  func list() async throws {
    try await withMockCluster(brokers: 3, topics: ["orders": 6, "logs": 1]) { cluster in
      let output = try await Kcat(cluster).run(["-L"])
      #expect(output.text.contains(" 3 brokers:"))
      #expect(output.text.contains(" 2 topics:"))
      #expect(output.text.contains("topic \"orders\" with 6 partitions:"))
      for broker in cluster.brokers {
        #expect(output.text.contains("broker \(broker.id) at \(broker.address)"))
      }
      #expect(!output.text.contains("not available"))
    }
  }

  @Test("gets back what it has produced with every codec", arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
  func codecs(codec: String) async throws {
    try await withMockCluster(brokers: 2, topics: ["t": 1]) { cluster in
      try await produce(to: cluster, ["-z", codec])
      let stored = await cluster.storedCodecs(of: "t", partition: 0)
      // On a slow machine the first record goes alone, which no codec makes smaller.
      #expect(stored.contains(codec) && Set(stored).isSubset(of: [codec, "none"]))
      try await expectAllLines(in: cluster)
    }
  }

  @Test(
    "gets back what it has produced to an old broker",
    arguments: [
      (KafkaRelease.v1_1, "lz4"), (.v1_1, "none"), (.v0_10_2, "none"), (.v0_10_2, "gzip"), (.v0_10_2, "snappy"),
      (.v2_8, "zstd"), (.v3_9, "lz4"), (.v4_3, "gzip"),
    ])
  func releases(release: KafkaRelease, codec: String) async throws {
    var configuration = MockClusterConfiguration(brokers: 1, topics: ["t": 1])
    configuration.release = release
    try await withMockCluster(configuration) { cluster in
      try await produce(to: cluster, ["-z", codec])
      try await expectAllLines(in: cluster)
    }
  }

  @Test("speaks to a broker that closes the connection when asked for its versions")
  func closesOnApiVersions() async throws {
    var configuration = MockClusterConfiguration(brokers: 1, topics: ["t": 1])
    configuration.release = .v0_9_0
    try await withMockCluster(configuration) { cluster in
      let kcat = Kcat(bootstrapServers: cluster.bootstrapServers, versionBefore010: "0.9.0.1")
      for codec in ["none", "gzip"] { try await kcat.produce(Self.text, to: "t", ["-z", codec]) }
      #expect(try await kcat.consume("t") == Self.text + Self.text)
    }
  }

  @Test("reads as an old client what a new one has produced")
  func oldConsumer() async throws {
    try await withMockCluster(brokers: 1, topics: ["t": 1]) { cluster in
      try await produce(to: cluster, ["-z", "lz4"])
      await cluster.speak(.v0_9_0)
      let kcat = Kcat(bootstrapServers: cluster.bootstrapServers, versionBefore010: "0.9.0.1")
      #expect(try await kcat.consume("t") == Self.text)
    }
  }

  @Test("produces idempotently")
  func idempotence() async throws {
    try await withMockCluster(brokers: 1, topics: ["t": 1]) { cluster in
      await cluster.inject(.errorAfterProcessing(.requestTimedOut), into: .produce, times: 1)
      try await produce(to: cluster, ["-X", "enable.idempotence=true"])
      #expect(await cluster.requestCount(of: .initProducerID) == 1)
      #expect(await cluster.requestCount(of: .produce) >= 2)
      try await expectAllLines(in: cluster)
    }
  }

  @Test("finds offsets by time")
  func query() async throws {
    try await withMockCluster(brokers: 2, topics: ["t": 2]) { cluster in
      try await produce(to: cluster, ["-p", "1"])
      for (time, offset) in [(-2, 0), (-1, 500), (0, 0), (4_000_000_000_000, -1)] {
        let output = try await Kcat(cluster).run(["-Q", "-t", "t:1:\(time)"])
        #expect(output.text.contains("t [1] offset \(offset)\n"), "\(output.text)")
      }
    }
  }

  @Test("follows a leader that moves while it produces")
  func leaderMoves() async throws {
    try await withMockCluster(brokers: 3, topics: ["t": 1]) { cluster in
      await cluster.inject(.moveLeader(to: nil), into: .produce, times: 1)
      try await produce(to: cluster, [])
      #expect(await cluster.requestCount(of: .produce) >= 2)
      try await expectAllLines(in: cluster)
    }
  }

  @Test("has a topic created by producing to it")
  func creates() async throws {
    try await withMockCluster(brokers: 1) { cluster in
      try await produce(to: cluster, [])
      #expect(await cluster.topics == ["t"])
      try await expectAllLines(in: cluster)
    }
  }

  private func produce(to cluster: MockCluster, _ options: [String]) async throws {
    try await Kcat(cluster).produce(Self.text, to: "t", options)
  }

  private func expectAllLines(in cluster: MockCluster) async throws {
    #expect(try await Kcat(cluster).consume("t") == Self.text)
  }
}

extension Kcat {
  fileprivate init(_ cluster: MockCluster) { self.init(bootstrapServers: cluster.bootstrapServers) }
}

extension MockCluster {
  /// The codecs of the batches that a partition has, without repetitions in a row.
  func storedCodecs(of topic: String, partition: Int32) async -> [String] {
    var names: [String] = []
    for batch in await batches(of: topic, partition: partition) where names.last != batch.codec.name {
      names.append(batch.codec.name)
    }
    return names
  }
}
