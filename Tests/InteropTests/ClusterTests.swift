import Foundation
import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Clusters") struct ClusterTests {}
}

extension RealKafkaTests.ClusterTests {
  @Test("metadata names brokers, topics and leaders", arguments: InstalledKafka.installed)
  func metadata(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating("listed", partitions: 2, on: cluster)
    let text = try await Kavka.run(["metadata", "-b", topic.servers, "-t", topic.name])
    #expect(text.succeeded, "\(text)")
    #expect(text.text.contains("topic \(topic.name), 2 partitions"), "\(text)")
    #expect(text.text.contains("partition 1, leader "))
    let servers = topic.servers.split(separator: ",").map(String.init)
    let names = try await Kavka.run(["metadata", "-b", topic.servers, "--brokers"])
    #expect(names.lines.sorted() == servers.sorted())
    let topics = try await Kavka.run(["metadata", "-b", topic.servers, "--topics"])
    #expect(topics.lines.contains(topic.name))

    let json = try await Kavka.run(["metadata", "-b", topic.servers, "-t", topic.name, "-J"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    #expect((object["brokers"] as? [Any])?.count == servers.count)
    let described = try #require((object["topics"] as? [[String: Any]])?.first)
    #expect(described["name"] as? String ?? described["topic"] as? String == topic.name)
    #expect((described["partitions"] as? [Any])?.count == 2)
  }

  @Test(
    "S34: a broker that cannot be asked for its versions is found out",
    arguments: InstalledKafka.installed.filter { !$0.version.isAtLeast(0, 10) })
  func beforeVersions(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    for answer in ["true", "false"] {
      let result = try await Kavka.run([
        "metadata", "-b", cluster.bootstrapServers, "-X", "api.version.request=\(answer)", "--brokers",
      ])
      #expect(result.lines == [cluster.bootstrapServers], "\(result)")
    }
  }

  @Test("a topic that does not exist is said so, and not created", arguments: InstalledKafka.installed)
  func unknownTopic(release: InstalledKafka) async throws {
    let topic = TestTopic("missing", on: try await KafkaClusters.cluster(of: release))
    for command in [["consume", "-e"], ["offsets"], ["metadata", "-t"]] {
      let result = try await Kavka.run([command[0], "-b", topic.servers] + command.dropFirst() + [topic.name])
      #expect(result.end == .status(1), "\(command) \(result)")
      #expect(result.errors.contains(topic.name), "\(command) \(result)")
    }
    let topics = try await Kavka.run(["metadata", "-b", topic.servers, "--topics"])
    #expect(topics.succeeded && !topics.lines.contains(topic.name))
  }

  @Test(
    "a topic is created when it is asked for", arguments: InstalledKafka.installed.filter { $0.createsTopicsOnRequest })
  func creation(release: InstalledKafka) async throws {
    let topic = TestTopic("created", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce("a\n", ["--create-topic=5"])
    try await topic.produce("b\n", ["--create-topic=5"])
    #expect(try await topic.offsets().lines.count == 5)
    #expect(try await topic.consume().split(separator: "\n").sorted() == ["a", "b"])
  }

  @Test("a broker that cannot be reached gives a status of its own")
  func unreachable() async throws {
    let port = try FreePorts.base(nodes: 1)
    for command in [["metadata"], ["offsets", "t"], ["consume", "-e", "t"], ["produce", "t"]] {
      let result = try await Kavka.run(command + ["-b", "127.0.0.1:\(port)", "--timeout", "1s"], input: [0x0a])
      #expect(result.end == .status(3), "\(command) \(result)")
      #expect(result.errors.contains("127.0.0.1:\(port)"), "\(command) \(result)")
    }
  }
}
