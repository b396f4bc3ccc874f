import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Offsets") struct OffsetTests {}
}

extension RealKafkaTests.OffsetTests {
  private static let firstTime = PastTime.yesterday

  /// Ten records, a second apart where the release stores times.
  private func topicOfTen(_ name: String, _ release: InstalledKafka) async throws -> TestTopic {
    let topic = TestTopic(name, on: try await KafkaClusters.cluster(of: release))
    for number in 0..<10 {
      let time = release.hasTimestamps ? ["--timestamp", "\(Self.firstTime + number * 1000)"] : []
      try await topic.produce("\(number)\n", time)
    }
    return topic
  }

  @Test("reading starts where it is told to", arguments: InstalledKafka.installed)
  func starts(release: InstalledKafka) async throws {
    let topic = try await topicOfTen("starts", release)
    let all = (0..<10).map { "\($0)\n" }.joined()
    #expect(try await topic.consume(["-o", "beginning"]) == all)
    #expect(try await topic.consume(["-o", "earliest"]) == all)
    #expect(try await topic.consume(["-o", "7"]) == "7\n8\n9\n")
    #expect(try await topic.consume(["-o", "-2"]) == "8\n9\n")
    #expect(try await topic.consume(["-o", "-100"]) == all)
    #expect(try await topic.consume(["-o", "+8"]) == "8\n9\n")
    #expect(try await topic.consume(["-o", "end"]) == "")
    #expect(try await topic.consume(["-o", "3", "-c", "2"]) == "3\n4\n")
    #expect(try await topic.consume(["-o", "2", "--until", "4"]) == "2\n3\n")
    let beyond = try await topic.tryConsume("", ["-o", "11", "-e"])
    #expect(beyond.end == .status(1), "\(beyond)")
    #expect(try await topic.tryConsume("", ["-o", "11", "-e", "--on-reset", "earliest"]).text == all)
  }

  @Test("reading starts at a time", arguments: InstalledKafka.installed.filter { $0.hasTimeIndex })
  func times(release: InstalledKafka) async throws {
    let topic = try await topicOfTen("times", release)
    #expect(try await topic.consume(["-o", "@\(Self.firstTime + 7000)"]) == "7\n8\n9\n")
    #expect(try await topic.consume(["-o", "@\(Self.firstTime + 6001)"]) == "7\n8\n9\n")
    #expect(try await topic.consume(["-o", "-1h"]) == "")
    #expect(try await topic.consume(["-f", "%T %s\n", "-o", "9"]) == "\(Self.firstTime + 9000) 9\n")
    let found = try await topic.offsets(["-n", "--at", "\(Self.firstTime + 4000)"], selection: ":0")
    #expect(found.succeeded)
    #expect(found.text == "4\n")
  }

  @Test(
    "a time is refused where the broker has no index of times",
    arguments: InstalledKafka.installed.filter { !$0.hasTimeIndex })
  func noTimes(release: InstalledKafka) async throws {
    let topic = try await topicOfTen("no-times", release)
    for result in [
      try await topic.tryConsume("", ["-o", "@\(Self.firstTime)", "-e"]),
      try await topic.offsets(["--at", "\(Self.firstTime)"]),
    ] {
      #expect(result.end == .status(1), "\(result)")
      #expect(result.errors.contains("since Kafka 0.10.1"))
    }
  }

  @Test("the ends of partitions are listed", arguments: InstalledKafka.installed)
  func ends(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating("ends", partitions: 3, on: cluster)
    for partition in 0..<3 {
      try await topic.produce((0..<partition * 4).map { "\($0)" }.bytes, ["-p", "\(partition)"])
    }
    let listed = try await topic.offsets()
    #expect(listed.lines == ["\(topic.name)\t0\t0\t0", "\(topic.name)\t1\t0\t4", "\(topic.name)\t2\t0\t8"])
    #expect(try await topic.offsets(["-n", "--at", "latest"], selection: ":2").text == "8\n")
    #expect(try await topic.offsets(["-n", "--at", "earliest"], selection: ":2").text == "0\n")
    #expect(try await topic.offsets(["--sum"]).lines == ["\(topic.name)\t0\t12"])
    #expect(
      try await topic.offsets(["-J"], selection: ":1").lines == [
        #"{"topic":"\#(topic.name)","partition":1,"earliest":0,"latest":4}"#
      ])
  }
}
