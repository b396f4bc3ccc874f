import KafkaClient
import KafkaMockBroker
import KafkaProtocol
import Synchronization
import Testing
import Transport

@Suite("Sessions with brokers of one version or another")
struct VersionTests {
  private static let versions: [(api: MockAPI, versions: ClosedRange<Int16>)] = [
    (.produce, 0...12), (.fetch, 0...17), (.listOffsets, 0...11), (.metadata, 0...13), (.offsetCommit, 1...10),
    (.offsetFetch, 1...10), (.findCoordinator, 0...6), (.initProducerID, 0...5),
  ]

  /// Produces, reads, and moves a group, and looks at what came of it.
  private static func useAll(_ simulation: Simulation) async throws {
    let client = simulation.client
    let values = Records.values(0..<10)
    let report = try await client.withProducer { (producer) throws(KafkaError) in
      try await producer.append(values)
      return await producer.flush()
    }
    #expect(report.acknowledged == 10, "\(report)")
    #expect(try await Records.stored(in: simulation.cluster) == values)
    #expect(try await client.values() == values)
    let partition = TopicPartition("t", 0)
    let ends = try await client.offsets(of: [partition], at: [.earliest, .latest])
    #expect(ends.map { $0.first?.offset } == [0, 10])
    let outcomes = try await client.commit([OffsetToCommit(partition, offset: 7, metadata: "m")], for: "g")
    #expect(outcomes.count == 1 && outcomes.first?.error == nil, "\(outcomes)")
    let committed = try await client.committedOffsets(of: "g", in: [partition])
    #expect(committed.first?.offset == 7 && committed.first?.metadata == "m", "\(committed)")
  }

  @Test(
    "S33: a version that is all a broker has of an API is the one that is spoken",
    arguments: versions.flatMap { entry in entry.versions.map { (entry.api, $0) } })
  func pinned(api: MockAPI, version: Int16) throws {
    try simulate(brokers: 1) { simulation in
      await simulation.cluster.speak(version...version, of: api)
      try await Self.useAll(simulation)
      let spoken = await Set(simulation.cluster.requests(of: api).map(\.version))
      #expect(spoken == [version] || api == .initProducerID && spoken.isEmpty)
    }
  }

  @Test("S33: an API that a broker does not have is named", arguments: [MockAPI.fetch, .listOffsets, .offsetFetch])
  func missing(api: MockAPI) throws {
    try simulate(brokers: 1) { simulation in
      try await simulation.cluster.append([MockRecord(value: "x")], to: "t", partition: 0)
      await simulation.cluster.speak(nil, of: api)
      let error = await #expect(throws: KafkaError.self) {
        _ = try await simulation.client.values(until: .offset(1))
        let answers = try await simulation.client.offsets(of: [TopicPartition("t", 0)], at: .latest)
        if let error = answers.first?.error { throw error }
        _ = try await simulation.client.committedOffsets(of: "g")
      }
      #expect(error?.code == .unsupportedVersion)
      #expect(
        error?.description.contains("the broker offers no version of \(api)") == true, "\(String(describing: error))")
    }
  }

  @Test(
    "S34: a whole session with a broker that cannot be asked for its versions, asked or not",
    arguments: [KafkaRelease.v0_8_2, .v0_9_0], [true, false])
  func beforeVersions(release: KafkaRelease, asks: Bool) throws {
    try simulate(
      brokers: 2,
      { mock, client in
        mock.release = release
        client.asksForVersions = asks
      }
    ) { simulation in
      try await Self.useAll(simulation)
      let requests = await simulation.cluster.requests()
      #expect(requests.contains { $0.api == .apiVersions } == asks)
      #expect(requests.allSatisfy { $0.version <= ($0.api == .apiVersions ? 3 : 1) })
      // And once more over new connections, with what is known of the brokers by now.
      await simulation.cluster.closeConnections()
      #expect(try await simulation.client.values() == Records.values(0..<10))
    }
  }

  @Test(
    "S46: a code that no Kafka has is an error that names it, and no reason to ask again",
    arguments: [MockAPI.produce, .fetch, .listOffsets, .offsetFetch, .offsetCommit, .findCoordinator])
  func unknownCode(api: MockAPI) throws {
    try simulate(brokers: 1) { simulation in
      await simulation.cluster.inject(.error(MockErrorCode(rawValue: 12345)), into: api)
      let client = simulation.client
      let partition = TopicPartition("t", 0)
      let failures = FailureLog()
      let error = await #expect(throws: KafkaError.self) {
        try await client.withProducer(onFailure: { failures.add($0.error) }) { (producer) throws(KafkaError) in
          try await producer.append(["x"])
          await producer.flush()
        }
        if let error = failures.first { throw error }
        if let error = try await client.offsets(of: [partition], at: .latest).first?.error { throw error }
        _ = try await client.values(until: .offset(1))
        if let error = try await client.committedOffsets(of: "g", in: [partition]).first?.error { throw error }
        let outcomes = try await client.commit([OffsetToCommit(partition, offset: 1)], for: "g")
        if let error = outcomes.first?.error { throw error }
      }
      #expect(error?.code == .broker(12345), "\(String(describing: error))")
      #expect(error?.reason.hasSuffix("error 12345") == true)
      #expect(await simulation.cluster.requestCount(of: api) == 1)
    }
  }

  @Test(
    "S44: null and empty stay what they are, both ways, in every format",
    arguments: [KafkaRelease.v0_9_0, .v0_10_2, .latest], [CompressionCodec.none, .gzip])
  func nullAndEmpty(release: KafkaRelease, codec: CompressionCodec) throws {
    try simulate(brokers: 1, { mock, _ in mock.release = release }) { simulation in
      let fields: [[UInt8]?] = [nil, [], [0x61]]
      let pairs = fields.flatMap { key in fields.map { (key: key, value: $0) } }
      let headers = release == .latest ? [KafkaHeader("null", nil), KafkaHeader("empty", [])] : []
      var configuration = ProducerConfiguration()
      configuration.compression = Compression(codec)
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for (key, value) in pairs {
          try await producer.append(value: value?.span.bytes, key: key?.span.bytes, headers: headers, to: "t")
        }
      }
      let stored = try await simulation.cluster.records(of: "t")
      #expect(stored.map(\.key) == pairs.map(\.key))
      #expect(stored.map(\.value) == pairs.map(\.value))
      #expect(stored.allSatisfy { $0.headers == headers.map { .init(name: $0.name, value: $0.value) } })
      var read: [(key: [UInt8]?, value: [UInt8]?)] = []
      for try await batch in simulation.client.records(of: "t", until: .latest) {
        try batch.forEach { (record) throws(KafkaError) in
          read.append((key: record.key?.bytes, value: record.value?.bytes))
        }
      }
      #expect(read.map(\.key) == pairs.map(\.key))
      #expect(read.map(\.value) == pairs.map(\.value))
    }
  }
}

/// Keeps the first failure of a producer.
private final class FailureLog: Sendable {
  private let error = Mutex<KafkaError?>(nil)

  func add(_ failure: KafkaError) { error.withLock { $0 = $0 ?? failure } }

  var first: KafkaError? { error.withLock { $0 } }
}
