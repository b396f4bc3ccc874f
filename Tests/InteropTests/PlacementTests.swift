import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Partitions") struct PlacementTests {}
}

extension RealKafkaTests.PlacementTests {
  private static let keys = (0..<200).map { "key-\($0 % 90)-\(String(repeating: "x", count: $0 % 7))" }

  @Test("a key goes where the Java client would put it", arguments: InstalledKafka.installed)
  func keys(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let lines = Self.keys.enumerated().map { "\($1):\($0)" }.bytes
    let own = try await TestTopic.creating("placed", partitions: 7, on: cluster)
    let java = try await TestTopic.creating("placed-by-java", partitions: 7, on: cluster)
    try await own.produce(lines, ["-K", ":"])
    try await JavaClients(cluster).produce(
      lines, to: java.name, codec: "none", properties: ["parse.key=true", "key.separator=:"])
    let placed = try await own.consume(["-f", "%p %k %s\n"]).split(separator: "\n").sorted()
    let placedByJava = try await java.consume(["-f", "%p %k %s\n"]).split(separator: "\n").sorted()
    #expect(placed.count == 200)
    #expect(placed == placedByJava)
  }

  @Test("partitions are read alone and together, each in its order", arguments: InstalledKafka.installed)
  func selections(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = try await TestTopic.creating("selected", partitions: 4, on: cluster)
    for partition in 0..<4 {
      try await topic.produce((0..<500).map { "\(partition) \($0)" }.bytes, ["-p", "\(partition)"])
    }
    let all = try await topic.consume(["-f", "%p %s\n"]).split(separator: "\n")
    for partition in 0..<4 {
      let expected = (0..<500).map { "\(partition) \(partition) \($0)" }
      #expect(all.filter { $0.hasPrefix("\(partition) ") }.map(String.init) == expected)
    }
    let one = try await topic.tryConsume(":2", ["-e"])
    #expect(difference(one.output, (0..<500).map { "2 \($0)" }.bytes) == nil)
    let two = try await topic.consume(["-p", "1,3", "-f", "%p\n"])
    #expect(Set(two.split(separator: "\n")) == ["1", "3"])
    let counted = try await topic.tryConsume("", ["-c", "700"])
    #expect(counted.lines.count == 700)
  }

  @Test("partitions that do not exist are refused", arguments: InstalledKafka.installed)
  func missing(release: InstalledKafka) async throws {
    let topic = TestTopic("single", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce("a\n")
    let read = try await topic.tryConsume(":7", ["-e"])
    #expect(read.end == .status(1), "\(read)")
    let written = try await Kavka.run(["produce", "-b", topic.servers, "-p", "7", topic.name], input: [0x0a])
    #expect(written.end == .status(1), "\(written)")
    #expect(written.errors.contains("partition"))
    let listed = try await topic.offsets(selection: ":7")
    #expect(listed.end == .status(1), "\(listed)")
  }
}
