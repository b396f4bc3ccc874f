import Glibc
import TestHarness
import Testing

/// Against a cluster in memory that shares no code with Kafka or with this package, and that can be made to fail.
@Suite("kfaked", .serialized, .enabled(if: Programs.kfaked != nil), .timeLimit(.minutes(3)))
struct FakedClusterTests {
  private static let lines = (0..<2000).map { "line \($0)" }.bytes

  @Test("what is stored is read", arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
  func codecs(codec: String) async throws {
    let cluster = try await FakedCluster(["-brokers", "3"])
    let topic = TestTopic("t", on: cluster)
    try await topic.produce(Self.lines, ["-z", codec, "--create-topic=1"])
    try await expectAll(in: topic)
  }

  @Test("old releases are spoken to", arguments: ["1.1", "2.0", "2.4", "2.8", "3.5"])
  func releases(version: String) async throws {
    let (_, topic) = try await cluster(["-version", version])
    try await topic.produce(Self.lines, ["-z", "gzip"])
    try await expectAll(in: topic)
  }

  @Test(
    "records are stored once when producing fails for a while",
    arguments: [
      "/fault?request=Produce&error=NOT_LEADER_FOR_PARTITION&count=3",
      "/fault?request=Produce&error=NOT_ENOUGH_REPLICAS&count=2",
      "/fault?request=Produce&error=REQUEST_TIMED_OUT&count=1",
      "/fault?request=InitProducerID&error=COORDINATOR_LOAD_IN_PROGRESS&top=1&count=2",
      "/fault?request=Metadata&error=LEADER_NOT_AVAILABLE&count=2",
      "/disconnect?request=Produce&count=2", "/disconnect?request=Metadata&count=2",
      "/disconnect?request=ApiVersions&count=1", "/disconnect?request=InitProducerID&count=1",
      "/disconnect?request=Produce&count=1&mode=silence", "/delay?request=Produce&ms=300&count=3",
    ])
  func produceFaults(fault: String) async throws {
    let (cluster, topic) = try await cluster()
    try await cluster.call(fault)
    try await topic.produce(Self.lines, ["--batch-bytes", "2000", "--timeout", "2s"])
    try await expectAll(in: topic)
  }

  @Test(
    "records are read once when consuming fails for a while",
    arguments: [
      "/fault?request=Fetch&error=NOT_LEADER_FOR_PARTITION&count=2",
      "/fault?request=Fetch&error=UNKNOWN_TOPIC_OR_PARTITION&count=1",
      "/fault?request=ListOffsets&error=LEADER_NOT_AVAILABLE&count=2", "/disconnect?request=Fetch&count=2",
      "/disconnect?request=ListOffsets&count=1", "/disconnect?request=Fetch&count=1&mode=silence",
      "/delay?request=Fetch&ms=300&count=2", "/delay?request=Metadata&ms=300&count=1",
    ])
  func consumeFaults(fault: String) async throws {
    let (cluster, topic) = try await cluster()
    try await topic.produce(Self.lines, ["--batch-bytes", "2000"])
    try await cluster.call(fault)
    try await expectAll(in: topic, ["--timeout", "2s", "--max-bytes", "8000"])
  }

  @Test("leaders may move while records are stored and read")
  func leadersMove() async throws {
    let (cluster, topic) = try await cluster()
    let producer = try Kavka.start(
      ["produce", "-b", topic.servers, "--batch-bytes", "1000", topic.name], input: nil)
    let consumer = try Kavka.start(["consume", "-b", topic.servers, topic.name], input: [])
    for round in 1...5 {
      await producer.write(Self.lines)
      try await cluster.call("/shuffle")
      try await producer.inputWritten()
      try await consumer.output(ofBytes: Self.lines.count * round - Self.lines.count / 2)
      try await cluster.call("/shuffle")
    }
    await producer.closeInput()
    let result = await producer.end()
    #expect(result.end == .status(0), "\(result)")
    let all = Array(repeatElement(Self.lines, count: 5).joined())
    try await consumer.output(ofBytes: all.count)
    consumer.signal(SIGTERM)
    #expect(difference(await consumer.end().output, all) == nil)
  }

  @Test("records that a broker refuses for good are counted as failed")
  func refusal() async throws {
    let (cluster, topic) = try await cluster()
    try await cluster.call("/fault?request=Produce&error=INVALID_RECORD&count=-1")
    let result = try await Kavka.run(["produce", "-b", topic.servers, topic.name], input: Self.lines)
    #expect(result.end == .status(1), "\(result)")
    #expect(result.errors.contains("acknowledged 0, failed 2000, unknown 0"), "\(result)")
    #expect(result.errors.contains("INVALID_RECORD"))
  }

  @Test("a denied topic gives a status of its own")
  func denial() async throws {
    let (cluster, topic) = try await cluster()
    try await cluster.call("/fault?request=Produce&error=TOPIC_AUTHORIZATION_FAILED&count=-1")
    let result = try await Kavka.run(["produce", "-b", topic.servers, topic.name], input: Self.lines)
    #expect(result.end == .status(4), "\(result)")
  }

  @Test("offsets deleted from the beginning are asked for no more")
  func deletedRecords() async throws {
    let (cluster, topic) = try await cluster()
    try await topic.produce(Self.lines)
    try await cluster.call("/delete-records?topic=\(topic.name)&partition=0&offset=1990")
    #expect(try await topic.offsets().text == "\(topic.name)\t0\t1990\t2000\n")
    #expect(try await topic.consume().split(separator: "\n").count == 10)
    let stale = try await topic.tryConsume("", ["-o", "5", "-e"])
    #expect(stale.end == .status(1), "\(stale)")
    #expect(stale.errors.contains("OFFSET_OUT_OF_RANGE"), "\(stale)")
  }

  @Test("a group that has committed nothing yet can be asked about, and gets its first offset")
  func newGroup() async throws {
    let (_, topic) = try await cluster()
    try await topic.produce(Self.lines)
    func offsets(_ words: String...) async throws -> ProcessResult {
      try await Kavka.run(["offsets"] + words + ["-b", topic.servers], input: [])
    }
    let nothing = try await offsets("-G", "g", topic.name)
    #expect(nothing.end == .status(1), "\(nothing)")
    #expect(nothing.errors == "kavka: group g has no committed offset there\n")
    let reset = try await offsets("reset", "-G", "g", "--to", "end", topic.name, "--dry-run")
    #expect(reset.end == .status(0) && reset.text == "\(topic.name)\t0\t-\t2000\n", "\(reset)")
    let commit = try await offsets("commit", "-G", "g", "\(topic.name):0=5")
    #expect(commit.end == .status(0) && commit.text == "\(topic.name)\t0\t-\t5\n", "\(commit)")
    #expect(try await offsets("-G", "g").text == "\(topic.name)\t0\t5\t2000\t1995\t\n")
  }

  // MARK: Support

  /// A cluster of three brokers with a topic of one partition.
  private func cluster(_ options: [String] = []) async throws -> (FakedCluster, TestTopic) {
    let cluster = try await FakedCluster(["-brokers", "3"] + options)
    let topic = TestTopic("t", on: cluster)
    try await cluster.call("/create-topic?topic=\(topic.name)&partitions=1")
    return (cluster, topic)
  }

  private func expectAll(in topic: TestTopic, _ options: [String] = []) async throws {
    let read = try await Kavka.consume(topic.name, at: topic.servers, options)
    #expect(difference(read, Self.lines) == nil)
  }
}
