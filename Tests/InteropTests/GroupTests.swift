import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Committed offsets") struct GroupTests {}
}

extension RealKafkaTests.GroupTests {
  /// Brokers before 0.10.1 take no longer one.
  private static let session = ["-X", "session.timeout.ms=10000"]

  /// Ten records in the one partition of a topic.
  private func topicOfTen(_ name: String, _ release: InstalledKafka) async throws -> TestTopic {
    let topic = TestTopic(name, on: try await KafkaClusters.cluster(of: release))
    try await topic.produce((0..<10).map { "\($0)\n" }.joined())
    return topic
  }

  private func offsets(_ topic: TestTopic, _ arguments: [String]) async throws -> ProcessResult {
    try await Kavka.run(["offsets"] + arguments + ["-b", topic.servers])
  }

  @Test(
    "a consumer goes on where kavka has committed, and kavka sees what a consumer commits",
    arguments: InstalledKafka.installed)
  func witness(release: InstalledKafka) async throws {
    guard Programs.kcat != nil else { return }
    let topic = try await topicOfTen("committed", release)
    let kcat = Kcat(try await KafkaClusters.cluster(of: release))
    let group = "group-of-\(topic.name)"
    let commit = try await offsets(topic, ["commit", "-G", group, "\(topic.name):0=7"])
    #expect(commit.succeeded && commit.text == "\(topic.name)\t0\t-\t7\n", "\(commit)")
    #expect(try await offsets(topic, ["-G", group]).text == "\(topic.name)\t0\t7\t10\t3\t\n")

    let read = try await kcat.run(Self.session + ["-G", group, "-q", "-c", "2", topic.name])
    #expect(read.text == "7\n8\n")
    let after = try await offsets(topic, ["-G", group, "-n", "\(topic.name):0"])
    #expect(after.text == "9\n", "\(after)")

    let dry = try await offsets(topic, ["reset", "-G", group, "--to", "-5", "--dry-run"])
    #expect(dry.succeeded && dry.text == "\(topic.name)\t0\t9\t5\n", "\(dry)")
    let reset = try await offsets(topic, ["reset", "-G", group, "--to", "beginning"])
    #expect(reset.succeeded && reset.text == "\(topic.name)\t0\t9\t0\n", "\(reset)")
    #expect(try await kcat.run(Self.session + ["-G", group, "-q", "-c", "1", topic.name]).text == "0\n")
  }

  @Test("a group that is being read is left alone", arguments: InstalledKafka.installed)
  func members(release: InstalledKafka) async throws {
    guard let kcat = Programs.kcat else { return }
    let topic = try await topicOfTen("members", release)
    let group = "group-of-\(topic.name)"
    let versions =
      release.version.isAtLeast(0, 10)
      ? [] : ["-X", "api.version.request=false", "-X", "broker.version.fallback=\(release.version)"]
    let reader = try RunningProcess(
      kcat,
      ["-b", topic.servers] + versions + Self.session + [
        "-u", "-X", "auto.offset.reset=earliest", "-G", group, topic.name,
      ])
    try await reader.output(containing: "9\n", within: .seconds(60))
    let reset = try await offsets(topic, ["reset", "-G", group, "--to", "end", topic.name])
    #expect(reset.end == .status(1), "\(reset)")
    #expect(reset.errors.contains("stop them first"), "\(reset)")
    reader.signal(2)
    _ = await reader.end()
  }

  @Test("offsets are deleted", arguments: InstalledKafka.installed.filter { $0.version.isAtLeast(2, 4) })
  func delete(release: InstalledKafka) async throws {
    let topic = try await topicOfTen("deleted", release)
    let group = "group-of-\(topic.name)"
    #expect(try await offsets(topic, ["commit", "-G", group, "\(topic.name)=end"]).succeeded)
    #expect(try await offsets(topic, ["delete", "-G", group, topic.name]).end == .status(1))
    let deleted = try await offsets(topic, ["delete", "-G", group, topic.name, "--yes"])
    #expect(deleted.succeeded && deleted.text == "\(topic.name)\t0\t10\t-\n", "\(deleted)")
    let nothing = try await offsets(topic, ["-G", group])
    #expect(nothing.end == .status(1) && nothing.errors.contains("no committed offset"), "\(nothing)")
  }

  @Test(
    "Kafka's own tool sees what is committed", arguments: InstalledKafka.installed.filter { $0.version.isAtLeast(1, 0) }
  )
  func javaTool(release: InstalledKafka) async throws {
    let topic = try await topicOfTen("described", release)
    let group = "group-of-\(topic.name)"
    #expect(try await offsets(topic, ["commit", "-G", group, "\(topic.name):0=-4"]).succeeded)
    let tool = try JavaTool(
      ["org/apache/kafka/tools/consumer/group/ConsumerGroupCommand", "kafka/admin/ConsumerGroupCommand"], for: release)
    let described = try await tool.run(["--bootstrap-server", topic.servers, "--describe", "--group", group])
    let row = described.text.split(separator: "\n").first { $0.contains(topic.name) && $0.contains(" 6 ") }
    let fields = row?.split(separator: " ").map(String.init) ?? []
    #expect(fields.contains("6") && fields.contains("10") && fields.contains("4"), "\(described)")
  }

  @Test("kcat finds the same offsets of times", arguments: InstalledKafka.installed.filter { $0.hasTimeIndex })
  func times(release: InstalledKafka) async throws {
    guard Programs.kcat != nil else { return }
    let topic = TestTopic("times", on: try await KafkaClusters.cluster(of: release))
    for number in 0..<3 {
      try await topic.produce("\(number)\n", ["--timestamp", "\(PastTime.yesterday + number * 1000)"])
    }
    let kcat = Kcat(try await KafkaClusters.cluster(of: release))
    for time in [0, 1, 2000].map({ PastTime.yesterday + $0 }) {
      let witness = try await kcat.run(["-Q", "-t", "\(topic.name):0:\(time)"])
      let found = try await topic.offsets(["-n", "--at", "\(time)"], selection: ":0")
      let number = found.text.split(separator: "\n").first.map(String.init) ?? "none"
      #expect(witness.text.contains("offset \(number)"), "\(witness) \(found)")
    }
  }
}
