import TestHarness
import Testing

@Suite("librdkafka's mock cluster", .serialized, .enabled(if: Programs.kcat != nil), .timeLimit(.minutes(2)))
struct LibrdkafkaClusterTests {
  private static let lines = (0..<2000).map { "line \($0)" }.bytes

  @Test("records go to it and back", arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
  func codecs(codec: String) async throws {
    let cluster = try await LibrdkafkaCluster(brokers: 3)
    let topic = TestTopic("t", on: cluster)
    try await topic.produce(Self.lines, ["-p", "1", "-z", codec])
    let own = try await Kavka.consume(topic.name, at: topic.servers)
    #expect(difference(own, Self.lines) == nil)
    let kcat = Kcat(bootstrapServers: topic.servers)
    #expect(difference(try await kcat.consume(topic.name), Self.lines) == nil)
    try await kcat.produce(Self.lines, to: topic.name, ["-p", "2", "-z", codec])
    let read = try await topic.tryConsume(":2", ["-e"])
    #expect(difference(read.output, Self.lines) == nil, "\(read)")
  }

  @Test("its brokers, leaders and offsets are listed")
  func lists() async throws {
    let cluster = try await LibrdkafkaCluster(brokers: 3)
    let topic = TestTopic("t", on: cluster)
    try await topic.produce(Self.lines, ["-p", "3"])
    let brokers = try await Kavka.run(["metadata", "-b", topic.servers, "--brokers"])
    #expect(brokers.lines.sorted() == topic.servers.split(separator: ",").map(String.init).sorted())
    #expect(try await topic.offsets(["-n", "--at", "latest"], selection: ":3").text == "2000\n")
    #expect(try await topic.offsets(["-n", "--at", "earliest"], selection: ":3").text == "0\n")
  }
}
