import Foundation
import Glibc
import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("A broker that dies", .enabled(if: InstalledKafka.installed.last?.hasKRaft == true)) struct FailoverTests {}
}

extension RealKafkaTests.FailoverTests {
  @Test("neither producer nor consumer loses, repeats or reorders records when the leader dies and returns")
  func leaderDies() async throws {
    let release = try #require(InstalledKafka.installed.last)
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("failover", on: cluster)
    try await topic.produce("", ["--create-topic=1:3"])
    let leader = try await leader(of: topic)

    let parts = (0..<3).map { part in (0..<20_000).map { "\(part) \($0)" }.bytes }
    let producer = try Kavka.start(
      ["produce", "-b", topic.servers, "--batch-bytes", "10000", topic.name], input: nil)
    let consumer = try Kavka.start(["consume", "-b", topic.servers, topic.name], input: [])
    await producer.write(parts[0])
    try await producer.inputWritten()
    try await consumer.output(ofBytes: parts[0].count / 2)

    try await cluster.kill(node: leader)
    await producer.write(parts[1])
    try await producer.inputWritten()
    try await consumer.output(ofBytes: parts[0].count + parts[1].count)

    try await cluster.restart(node: leader)
    await producer.write(parts[2])
    await producer.closeInput()
    let result = await producer.end()
    #expect(result.end == .status(0), "\(result)")
    #expect(result.errors.contains("acknowledged 60000, failed 0, unknown 0"), "\(result)")
    let all = Array(parts.joined())
    try await consumer.output(ofBytes: all.count)
    consumer.signal(SIGTERM)
    #expect(difference(await consumer.end().output, all) == nil)
    let stored = try await Kavka.consume(topic.name, at: topic.servers)
    #expect(difference(stored, all) == nil)
  }

  /// The number of the node that leads a topic's first partition.
  private func leader(of topic: TestTopic) async throws -> Int {
    let result = try await Kavka.run(["metadata", "-b", topic.servers, "-t", topic.name, "-J"])
    let cluster = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
    let described = (cluster?["topics"] as? [[String: Any]])?.first
    let partition = try #require((described?["partitions"] as? [[String: Any]])?.first, "\(result)")
    return try #require(partition["leader"] as? Int, "\(result)")
  }
}
