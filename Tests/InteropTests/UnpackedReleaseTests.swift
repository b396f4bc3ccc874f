import Foundation
import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Unpacked releases") struct UnpackedReleaseTests {}
}

extension RealKafkaTests.UnpackedReleaseTests {
  /// One of those that need ZooKeeper and one of those that do not.
  private static let samples = [
    InstalledKafka.installed.last { !$0.hasKRaft && !$0.isUnpacked },
    InstalledKafka.installed.first { $0.hasKRaft && !$0.isUnpacked },
  ].compactMap(\.self)

  @Test("a release as it is downloaded is found, started and spoken to", arguments: samples)
  func roundTrip(sample: InstalledKafka) async throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("kavka-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let home = root.appendingPathComponent("kafka_2.13-\(sample.version)")
    for folder in ["bin", "config"] {
      try FileManager.default.createDirectory(
        at: home.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: home.appendingPathComponent("libs"), withDestinationURL: URL(fileURLWithPath: "\(sample.home)/libs"))

    let found = InstalledKafka.releases(in: home.path)
    #expect(found.map(\.version) == [sample.version])
    #expect(InstalledKafka.releases(in: root.path).map(\.version) == [sample.version])
    let release = try #require(found.first)
    #expect(release.isUnpacked)
    let cluster = try await KafkaCluster(release, nodes: 1)
    let topic = TestTopic("unpacked", on: cluster)
    let lines = (0..<1000).map { "\($0)" }.bytes
    try await topic.produce(lines, ["-z", "gzip"])
    #expect(difference(try await Kavka.consume(topic.name, at: topic.servers), lines) == nil)
    #expect(difference(try await JavaClients(cluster).consume(topic.name, count: 1000), lines) == nil)
    await cluster.stop()
  }
}
