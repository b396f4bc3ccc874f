import Glibc
import TestHarness
import Testing

extension RealKafkaTests {
  /// The markers of transactions that Java's producer has committed, left open, and had aborted.
  @Suite("Transactions") struct TransactionTests {}
}

extension RealKafkaTests.TransactionTests {
  /// Stores records in one transaction.
  private static func perform(
    _ tool: JavaTool, on topic: TestTopic, records: Int, perSecond: Int = -1
  ) throws -> RunningProcess {
    try tool.start([
      "--topic", topic.name, "--record-size", "20", "--num-records", "\(records)", "--throughput", "\(perSecond)",
      "--transactional-id", topic.name, "--transaction-duration-ms", "600000",
      "--producer-props", "bootstrap.servers=\(topic.servers)", "linger.ms=0",
    ])
  }

  /// The offsets of the records that are read until reading ends by itself.
  private static func read(_ topic: TestTopic, _ options: String...) async throws -> [Int] {
    let words = options.flatMap { $0.split(separator: " ").map(String.init) }
    let result = try await topic.tryConsume("", ["-f", "%o\\n"] + words)
    #expect(result.end == .status(0), "\(result)")
    return result.lines.compactMap { Int($0) }
  }

  private static func offset(_ topic: TestTopic, at place: String) async throws -> Int {
    let result = try await topic.offsets(["-n", "--at", place], selection: ":0")
    return try #require(result.lines.first.flatMap { Int($0) }, "\(result)")
  }

  @Test("reading ends where it should at markers and at what is open", arguments: InstalledKafka.installed.suffix(1))
  func markers(release: InstalledKafka) async throws {
    let tool = try JavaTool(["org/apache/kafka/tools/ProducerPerformance"], for: release)
    let topic = try await TestTopic.creating(
      "transactions", partitions: 1, on: try await KafkaClusters.cluster(of: release))
    #expect(try await Self.perform(tool, on: topic, records: 10).end().succeeded)
    // The marker has offset 10; what follows stays open, as its producer is killed.
    let killed = try Self.perform(tool, on: topic, records: 1_000_000, perSecond: 50)
    let seen = try Kavka.start(
      ["consume", "-b", topic.servers, "--isolation", "read_uncommitted", "-c", "30", "-f", "%o\\n", topic.name],
      input: [])
    #expect(await seen.end().lines.count == 30)
    killed.signal(SIGKILL)
    _ = await killed.end()

    #expect(try await Self.offset(topic, at: "stable") == 11)
    for options in ["-e", "--until end", "--tail 100", "-e -o 0 --order time"] {
      #expect(try await Self.read(topic, options) == Array(0..<10), "\(options)")
    }
    let open = try await Self.offset(topic, at: "latest")
    #expect(open >= 31)
    let stored = Array(0..<10) + Array(11..<open)
    #expect(try await Self.read(topic, "-e --isolation read_uncommitted") == stored)

    // A producer of the same id has what was open aborted, which makes a marker, and so does its own end.
    #expect(try await Self.perform(tool, on: topic, records: 5).end().succeeded)
    let end = try await Self.offset(topic, at: "latest")
    #expect(try await Self.offset(topic, at: "stable") == end)
    let last = Array(end - 6..<end - 1)
    let (committed, all) = (Array(0..<10) + last, stored + last)
    for (options, expected) in [
      ("-e", committed), ("--until end", committed), ("-c 13", Array(committed.prefix(13))), ("-e -o 10", last),
      ("--until 11", Array(0..<10)), ("--until 12", Array(0..<10)), ("-e -o -1", []),
      ("-e -o -2", Array(last.suffix(1))),
      ("--tail 7", Array(committed.suffix(7))), ("-e --order time", committed), ("-o end --until end", []),
    ] {
      #expect(try await Self.read(topic, options) == expected, "\(options)")
    }
    for (options, expected) in [
      ("-e", all), ("--until end", all), ("-c 13", Array(all.prefix(13))), ("-e -o 10", Array(all.dropFirst(10))),
      ("--until 12", Array(0..<10) + [11]), ("-e -o -1", []),
    ] {
      #expect(try await Self.read(topic, options, "--isolation read_uncommitted") == expected, "\(options)")
    }
    // Who waits for records does not take a marker for one.
    let waiting = try await Self.read(topic, "-o \(end - 1) --idle-timeout 1s")
    #expect(waiting == [])
  }
}
