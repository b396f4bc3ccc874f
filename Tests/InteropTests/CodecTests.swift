import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Codecs") struct CodecTests {}
}

extension RealKafkaTests.CodecTests {
  /// Lines that shrink, with bytes that no text has.
  private static func lines(_ codec: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<300 {
      bytes += "\(codec) \(number) \(String(repeating: "na", count: number % 40)) ".utf8
      bytes += [0, 0xff, 0xc3, UInt8(number % 10), 0x0a]
    }
    return bytes
  }

  @Test("what kavka stores, every client reads", arguments: InstalledKafka.installed)
  func kavkaProduces(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("kavka-produces", on: cluster).name
    var stored: [UInt8] = []
    for codec in release.codecs {
      let lines = Self.lines(codec)
      try await Kavka.produce(lines, to: topic, at: cluster.bootstrapServers, ["-z", codec])
      stored += lines
    }
    let own = try await Kavka.consume(topic, at: cluster.bootstrapServers)
    #expect(difference(own, stored) == nil)
    if Programs.kcat != nil {
      let read = try await Kcat(cluster).consume(topic)
      #expect(difference(read, stored) == nil)
    }
    let read = try await JavaClients(cluster).consume(topic, count: 300 * release.codecs.count)
    #expect(difference(read, stored) == nil)
  }

  @Test("what kcat stores, kavka reads", .enabled(if: Programs.kcat != nil), arguments: InstalledKafka.installed)
  func kcatProduces(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("kcat-produces", on: cluster).name
    var stored: [UInt8] = []
    for codec in release.codecs {
      let lines = Self.lines(codec)
      try await Kcat(cluster).produce(lines, to: topic, ["-z", codec])
      stored += lines
    }
    let read = try await Kavka.consume(topic, at: cluster.bootstrapServers)
    #expect(difference(read, stored) == nil)
  }

  @Test("what the Java producer stores, kavka reads", arguments: InstalledKafka.installed)
  func javaProduces(release: InstalledKafka) async throws {
    let cluster = try await KafkaClusters.cluster(of: release)
    let topic = TestTopic("java-produces", on: cluster).name
    // While a topic comes into being, the old producers run out of retries. Their lines are text.
    var stored = ["first"].bytes
    try await Kavka.produce(stored, to: topic, at: cluster.bootstrapServers)
    for codec in release.codecs {
      let lines = (0..<300).map { "\(codec) \($0) \(String(repeating: "ná", count: $0 % 40))" }.bytes
      try await JavaClients(cluster).produce(lines, to: topic, codec: codec)
      stored += lines
    }
    let read = try await Kavka.consume(topic, at: cluster.bootstrapServers)
    #expect(difference(read, stored) == nil)
  }
}
