import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("A topic that is deleted and created again while it is read")
struct RecreatedTopicTests {
  private static let old = Records.values(0..<3)

  /// Reads the topic until its last record, or until reading fails, and replaces the topic when the old records have
  /// been read.
  ///
  /// - Parameter newRecords: How many records the new topic has before its last one, which says "end".
  private static func read(
    _ simulation: Simulation, onReset reset: ConsumerConfiguration.OffsetReset, newRecords: Int
  ) async throws -> (values: [String], error: KafkaError?) {
    try await simulation.cluster.append(old.map { MockRecord(value: $0) }, to: "t", partition: 0)
    var configuration = ConsumerConfiguration()
    configuration.offsetReset = reset
    var values: [String] = []
    do {
      for try await batch in simulation.client.records(of: "t", from: .earliest, configuration) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(String(decoding: value.bytes, as: UTF8.self)) }
        }
        if values.last == "end" { break }
        guard values == old else { continue }
        await simulation.cluster.deleteTopic("t")
        try await simulation.cluster.createTopic("t")
        let new = Records.values(100..<100 + newRecords) + ["end"]
        try await simulation.cluster.append(new.map { MockRecord(value: $0) }, to: "t", partition: 0)
      }
      return (values, nil)
    } catch let error as KafkaError {
      return (values, error)
    }
  }

  @Test("none of the new one's records is passed over without a word", arguments: [0, 2, 3, 50])
  func isToldApart(newRecords: Int) throws {
    try simulate { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .fail, newRecords: newRecords)
      #expect(values == Self.old)
      #expect(error?.reason.contains("deleted and created again") == true)
      #expect(error?.topic == "t")
    }
  }

  @Test(
    "with a reset to the earliest, all of the new one's records are read, and a line says so", arguments: [0, 2, 50])
  func isReadFromItsBeginning(newRecords: Int) throws {
    try simulate { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .earliest, newRecords: newRecords)
      #expect(error == nil)
      #expect(values == Self.old + Records.values(100..<100 + newRecords) + ["end"])
      #expect(simulation.events.texts(.deviation).contains { $0.contains("created again; going on at 0") })
    }
  }

  @Test("a broker that takes names only is found out by the topic's id in newer metadata")
  func byName() throws {
    try simulate({ mock, client in
      mock.release = .v2_8
      client.metadataMaximumAge = .seconds(1)
    }) { simulation in
      let (values, error) = try await Self.read(simulation, onReset: .fail, newRecords: 2)
      #expect(values == Self.old)
      #expect(error?.reason.contains("deleted and created again") == true)
    }
  }

  @Test("with faults drawn from a seed, what is read is a part of the old one and all of the new one", arguments: seeds)
  func drawnFaults(_ seed: Int) throws {
    try simulate(seed: UInt64(seed)) { simulation in
      let (old, new) = (Records.values(0..<200), Records.values(1000..<1200) + ["end"])
      try await Self.fill(simulation.cluster, old)
      let start = simulation.runtime.loop.now
      simulation.network.inject(
        FaultSchedule(
          meanInterval: .milliseconds(300), duration: .milliseconds(50) ... .seconds(2), end: start + .seconds(60)))
      var configuration = ConsumerConfiguration()
      configuration.offsetReset = .earliest
      configuration.maximumPartitionBytes = 700
      var values: [String] = []
      var isReplaced = false
      for try await batch in simulation.client.records(of: "t", from: .earliest, configuration) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(String(decoding: value.bytes, as: UTF8.self)) }
        }
        if values.last == "end" { break }
        guard !isReplaced, values.count > seed % 200 else { continue }
        isReplaced = true
        await simulation.cluster.deleteTopic("t")
        try? await simulation.runtime.sleep(for: .milliseconds(seed * 37 % 900))
        try await simulation.cluster.createTopic("t")
        try await Self.fill(simulation.cluster, new)
      }
      #expect(Array(values.suffix(new.count)) == new)
      #expect(values.dropLast(new.count).elementsEqual(old.prefix(max(values.count - new.count, 0))))
    }
  }

  private static func fill(_ cluster: MockCluster, _ values: [String]) async throws {
    for start in stride(from: 0, to: values.count, by: 10) {
      let part = values[start..<min(start + 10, values.count)]
      try await cluster.append(part.map { MockRecord(value: $0) }, to: "t", partition: 0)
    }
  }
}

@Suite("A topic that is deleted and created again while it is produced to")
struct RecreatedTopicProduceTests {
  @Test(
    "what is appended afterwards is stored once and in order",
    arguments: [KafkaRelease.latest, .v4_3, .v3_9, .v2_8, .v1_1])
  func goesOn(_ release: KafkaRelease) throws {
    try simulate({ mock, _ in mock.release = release }) { simulation in
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 300
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(Records.values(0..<100))
        _ = await producer.flush()
        await simulation.cluster.deleteTopic("t")
        try? await simulation.cluster.createTopic("t")
        try await producer.append(Records.values(100..<300))
        return await producer.flush()
      }
      #expect(report.acknowledged == 300 && report.unknown == 0 && report.failed == 0, "\(report)")
      #expect(try await Records.stored(in: simulation.cluster) == Records.values(100..<300))
    }
  }

  @Test("whatever is on its way meanwhile, the new one has the last records, once and in order", arguments: seeds)
  func drawnMoments(_ seed: Int) throws {
    try simulate(seed: UInt64(seed)) { simulation in
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 200
      let runtime = simulation.runtime
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for step in 0..<60 {
          try await producer.append(Records.values(step * 20..<step * 20 + 20))
          producer.noMoreForNow()
          try? await runtime.sleep(for: .milliseconds(seed % 7))
          if step == 20 + seed % 20 { await simulation.cluster.deleteTopic("t") }
          if step == 20 + seed % 20 + seed % 3 { try? await simulation.cluster.createTopic("t") }
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 1200 && report.unknown == 0 && report.failed == 0, "\(report)")
      let stored = try await Records.stored(in: simulation.cluster)
      #expect(!stored.isEmpty && stored == Records.values(1200 - stored.count..<1200))
      #expect(simulation.events.texts(.warning).contains { $0.contains("deleted and created again") })
    }
  }

  @Test("with fewer partitions, records are for those that there are, and those on their way elsewhere fail at once")
  func fewerPartitions() throws {
    try simulate(topics: ["t": 3], { _, client in client.metadataMaximumAge = .seconds(60) }) { simulation in
      var configuration = ProducerConfiguration()
      configuration.linger = .seconds(3600)
      configuration.deliveryTimeout = .seconds(7200)
      let runtime = simulation.runtime
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for value in Records.values(0..<30) { try await producer.append(value, key: value) }
        _ = await producer.flush()
        // These wait for their linger while the topic is replaced.
        for partition in Int32(0)..<3 { try await producer.append(["open"], partition: partition) }
        await simulation.cluster.deleteTopic("t")
        try? await simulation.cluster.createTopic("t", partitions: 1)
        try? await runtime.sleep(for: .seconds(70))
        let start = runtime.loop.now
        for value in Records.values(30..<60) { try await producer.append(value, key: value) }
        let refusal = await #expect(throws: KafkaError.self) { try await producer.append(["none"], partition: 2) }
        #expect(refusal?.reason.contains("partition") == true)
        let report = await producer.flush()
        #expect(runtime.loop.now - start < .seconds(20))
        return report
      }
      #expect(report.acknowledged == 61 && report.unknown == 0 && report.failed == 2, "\(report)")
      #expect(try await Records.stored(in: simulation.cluster) == ["open"] + Records.values(30..<60))
    }
  }
}

extension KafkaProducer {
  fileprivate func append(_ value: String, key: String) async throws(KafkaError) {
    let (value, key) = (Array(value.utf8), Array(key.utf8))
    try await append(value: value.span.bytes, key: key.span.bytes, to: "t")
  }
}
