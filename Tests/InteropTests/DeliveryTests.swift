import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Deliveries") struct DeliveryTests {}
}

extension RealKafkaTests.DeliveryTests {
  @Test("a record that the broker finds too large is refused alone, by its line", arguments: InstalledKafka.installed)
  func tooLarge(release: InstalledKafka) async throws {
    let topic = TestTopic("too-large", on: try await KafkaClusters.cluster(of: release))
    let large = String(repeating: "x", count: 1_500_000)
    let result = try await Kavka.run(
      ["produce", "-b", topic.servers, topic.name], input: Array("a\n\(large)\nb\nc\n".utf8))
    #expect(result.end == .status(1), "\(result)")
    #expect(result.errors.contains("kavka: line 2 (1500000 bytes) not stored: Produce \(topic.name):0 at broker "))
    #expect(result.errors.contains("kavka: acknowledged 3, failed 1, unknown 0"), "\(result)")
    #expect(try await topic.consume() == "a\nb\nc\n")
  }

  @Test(
    "records without keys are refused alone by a compacted topic",
    arguments: InstalledKafka.installed.filter { $0.hasHeaders })
  func compacted(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating("compacted", settings: ["cleanup.policy=compact"], on: cluster)
    let lines = (1...1000).map { $0 == 7 || $0 == 900 ? "no key" : "k\($0):\($0)" }
    let result = try await Kavka.run(
      ["produce", "-b", topic.servers, "-K", ":", topic.name], input: lines.bytes)
    #expect(result.end == .status(1), "\(result)")
    #expect(
      result.errors.contains("2 records (lines 7 and 900) not stored")
        || result.errors.contains("line 7 (6 bytes) not stored")
          && result.errors.contains("line 900 (6 bytes) not stored"),
      "\(result)")
    #expect(result.errors.contains("kavka: acknowledged 998, failed 2, unknown 0"), "\(result)")
    let expected = (1...1000).filter { $0 != 7 && $0 != 900 }.map { "\($0)\n" }.joined()
    #expect(try await topic.consume() == expected)
  }

  @Test(
    "offsets and timestamps are those that kcat finds", .enabled(if: Programs.kcat != nil),
    arguments: InstalledKafka.installed, ["none", "lz4"])
  func reports(release: InstalledKafka, codec: String) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating("reported", partitions: 3, on: cluster)
    let lines = (0..<2000).map { "\($0)" }.bytes
    let result = try await Kavka.run(
      [
        "produce", "-b", topic.servers, "-r", "text", "--partitioner", "round-robin", "-z", codec, "--batch-bytes",
        "2000", topic.name,
      ], input: lines
    )
    #expect(result.end == .status(0), "\(result)")
    #expect(result.lines.count == 2000)
    // What kcat says of a time that there is none of is not what anybody else says.
    let format = release.hasTimestamps ? #"%t\t%p\t%o\t%T\n"# : #"%t\t%p\t%o\t-1\n"#
    let kcat = String(decoding: try await Kcat(cluster).consume(topic.name, ["-f", format]), as: UTF8.self)
    #expect(result.lines.sorted() == kcat.split(separator: "\n").map(String.init).sorted())
  }

  @Test(
    "the broker's time is told where the topic has it", arguments: InstalledKafka.installed.filter { $0.hasTimeIndex })
  func appendTime(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating(
      "append-time", settings: ["message.timestamp.type=LogAppendTime"], on: cluster)
    let result = try await Kavka.run(
      ["produce", "-b", topic.servers, "-r", "text", "--timestamp", "17", topic.name], input: Array("a\nb\n".utf8))
    #expect(result.end == .status(0), "\(result)")
    let stored = try await topic.consume(["-f", "%t\t%p\t%o\t%T\n"])
    #expect(result.text == stored)
    #expect(!stored.contains("\t17\n"))
  }

  @Test(
    "keys go by CRC-32 where kcat puts them", .enabled(if: Programs.kcat != nil), arguments: InstalledKafka.installed)
  func crc32(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let own = try await TestTopic.creating("crc32", partitions: 5, on: cluster)
    let other = try await TestTopic.creating("crc32-kcat", partitions: 5, on: cluster)
    let lines = (0..<200).map { "key-\($0 % 70):\($0)" }.bytes
    try await own.produce(lines, ["-K", ":", "--partitioner", "crc32"])
    try await Kcat(cluster).produce(lines, to: other.name, ["-K", ":"])
    let placed = try await own.consume(["-f", "%p %k %s\n"]).split(separator: "\n").sorted()
    #expect(placed.count == 200)
    #expect(placed == (try await other.consume(["-f", "%p %k %s\n"])).split(separator: "\n").sorted())
  }

  @Test(
    "two that create the same topic at once both succeed",
    arguments: InstalledKafka.installed.filter { $0.createsTopicsOnRequest })
  func createdTwice(release: InstalledKafka) async throws {
    let topic = TestTopic("created-twice", on: try await KafkaClusters.cluster(of: release))
    let words = ["produce", "-b", topic.servers, "--create-topic=4", topic.name]
    async let first = Kavka.run(words, input: Array("a\n".utf8))
    async let second = Kavka.run(words, input: Array("b\n".utf8))
    for result in [try await first, try await second] { #expect(result.end == .status(0), "\(result)") }
    #expect(try await topic.consume().split(separator: "\n").sorted() == ["a", "b"])
    #expect(try await topic.offsets().lines.count == 4)
  }
}
