import KafkaClient
import KafkaMockBroker
import KafkaProtocol
import Testing
import Transport

@Suite("Consuming")
struct ConsumeTests {
  private static let values = Records.values(0..<300)

  private static func fill(_ cluster: MockCluster, partition: Int32 = 0) async throws {
    for start in stride(from: 0, to: values.count, by: 10) {
      try await cluster.append(values[start..<start + 10].map { MockRecord(value: $0) }, to: "t", partition: partition)
    }
  }

  @Test(
    "S17, S18: records come once and in order whatever the broker does",
    arguments: [
      MockFault.error(.notLeaderOrFollower), .error(.kafkaStorageError), .error(.unknownServerError), .close, .reset,
      .closeAfter(bytes: 0), .closeAfter(bytes: 60), .garbage(count: 30), .wrongCorrelationID, .noAnswer,
      .delay(.seconds(3)), .moveLeader(to: 3), .error(.unknownTopicOrPartition), .error(.leaderNotAvailable),
      .topLevelError(.fetchSessionIDNotFound),
    ])
  func survives(_ fault: MockFault) throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(fault, into: .fetch, times: 2)
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 1000
      #expect(try await simulation.client.values(configuration) == Self.values)
    }
  }

  @Test(
    "S06: reading begins and ends where it is told",
    arguments: [
      (RecordPosition.offset(17), RecordPosition.offset(23), 17..<23),
      (.fromEnd(5), .latest, 295..<300),
      (.fromStart(290), .latest, 290..<300),
      (.earliest, .offset(3), 0..<3),
      (.latest, .latest, 300..<300),
      (.fromEnd(1000), .fromStart(2), 0..<2),
    ])
  func range(_ start: RecordPosition, _ end: RecordPosition, _ expected: Range<Int>) throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      #expect(try await simulation.client.values(from: start, until: end) == Array(Self.values[expected]))
    }
  }

  @Test("S06: more records than there are are passed over by reading from the end", arguments: [false, true])
  func behindShortPartition(hasRecords: Bool) throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      if !hasRecords { await simulation.cluster.deleteRecords(of: "t", partition: 0, before: 300) }
      var configuration = ConsumerConfiguration()
      configuration.stopsAtEnd = true
      #expect(try await simulation.client.values(from: .fromStart(1000), until: nil, configuration) == [])
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(5))
        try await simulation.cluster.append([MockRecord(value: "later")], to: "t", partition: 0)
      }
      var values: [String] = []
      for try await batch in simulation.client.records(of: "t", from: .fromStart(.max)) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(String(decoding: value.bytes, as: UTF8.self)) }
        }
        if !values.isEmpty { break }
      }
      #expect(values == ["later"])
    }
  }

  @Test("reading by time begins at the first record that is not older")
  func time() throws {
    try simulate { simulation in
      for number in 0..<10 {
        try await simulation.cluster.append(
          [MockRecord(value: "\(number)", timestamp: Int64(1000 + number * 100))], to: "t", partition: 0)
      }
      #expect(try await simulation.client.values(from: .timestamp(1450)) == ["5", "6", "7", "8", "9"])
      #expect(try await simulation.client.values(from: .timestamp(9999)) == [])
    }
  }

  @Test("reading ends at the end of every partition when it is told to")
  func stopsAtEnd() throws {
    try simulate(topics: ["t": 4]) { simulation in
      for partition in 0..<Int32(3) { try await Self.fill(simulation.cluster, partition: partition) }
      var configuration = ConsumerConfiguration()
      configuration.stopsAtEnd = true
      let values = try await simulation.client.values(until: nil, configuration)
      #expect(values.count == 900)
    }
  }

  @Test("a record that is appended later arrives without a new request for metadata")
  func tail() throws {
    try simulate { simulation in
      var iterator = simulation.client.records(of: "t", from: .latest).makeAsyncIterator()
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(60))
        try await simulation.cluster.append([MockRecord(value: "late")], to: "t", partition: 0)
      }
      let batch = try await iterator.next()
      #expect(batch?.partition == TopicPartition("t", 0))
      #expect(await simulation.cluster.requestCount(of: .metadata) <= 2)
    }
  }

  @Test(
    "an offset that is out of range fails, or is reset with a line that says so",
    arguments: [
      ConsumerConfiguration.OffsetReset.fail, .earliest, .latest,
    ])
  func outOfRange(_ reset: ConsumerConfiguration.OffsetReset) throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      var configuration = ConsumerConfiguration()
      configuration.offsetReset = reset
      configuration.stopsAtEnd = true
      let fixed = configuration
      let reading = { @Sendable () async throws(KafkaError) -> [String] in
        try await simulation.client.values(from: .offset(5000), until: nil, fixed)
      }
      switch reset {
      case .fail:
        let error = await #expect(throws: KafkaError.self) { _ = try await reading() }
        #expect(error?.code == .broker(1))
        #expect(error?.offset == 5000)
        #expect(error?.broker?.hasPrefix("broker ") == true, "\(String(describing: error))")
      case .earliest: #expect(try await reading() == Self.values)
      case .latest: #expect(try await reading() == [])
      }
      #expect(simulation.events.texts(.deviation).contains { $0.contains("5000") } == (reset != .fail))
    }
  }

  @Test("a topic that does not exist is an error after a second, and is not created")
  func unknownTopic() throws {
    try simulate { simulation in
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values(of: "nosuch") }
      #expect(error?.code == .unknownTopicOrPartition)
      #expect(error?.topic == "nosuch")
      #expect(simulation.runtime.loop.now.nanoseconds < 5_000_000_000)
      #expect(await simulation.cluster.leader(of: "nosuch", partition: 0) == nil)
    }
  }

  @Test("not authorized to read is an error at once")
  func denied() throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .fetch)
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values() }
      #expect(error?.code == .broker(29))
      #expect(await simulation.cluster.requestCount(of: .fetch) == 1)
    }
  }

  @Test("a partition that stays unavailable ends reading when patience is limited")
  func patience() throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(.error(.notLeaderOrFollower), into: .fetch)
      var configuration = ConsumerConfiguration()
      configuration.patience = .seconds(20)
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values(configuration) }
      #expect(error?.code == .broker(6))
      // Backoff keeps the number of requests low.
      #expect(await simulation.cluster.requestCount(of: .fetch) < 40)
    }
  }

  @Test("what is not answered is asked for again over another connection while patience lasts")
  func silence() throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(.noAnswer, into: .fetch, times: 2)
      var configuration = ConsumerConfiguration()
      configuration.patience = .seconds(5)
      #expect(try await simulation.client.values(configuration) == Self.values)
    }
  }

  @Test("a broker that never answers ends reading when patience ends, and is named")
  func endlessSilence() throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(.noAnswer, into: .fetch)
      var configuration = ConsumerConfiguration()
      configuration.patience = .seconds(5)
      let before = simulation.runtime.loop.now
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values(configuration) }
      #expect(error?.code == .timedOut && error?.operation == "Fetch")
      #expect(error?.broker?.hasPrefix("broker ") == true)
      #expect(simulation.runtime.loop.now - before < .seconds(7))
    }
  }

  @Test("where no broker answers, the error says what was asked of whom", arguments: [MockAPI.metadata, .apiVersions])
  func silentFromTheStart(_ api: MockAPI) throws {
    try simulate(brokers: 1, { _, client in client.requestTimeout = .seconds(5) }) { simulation in
      await simulation.cluster.inject(.noAnswer, into: api)
      let error = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values() }
      #expect(error.map { "\($0)".contains("broker-1:9092") } == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("fetching pauses while nobody reads, and memory stays bounded")
  func backpressure() throws {
    try simulate { simulation in
      for _ in 0..<100 { try await Self.fill(simulation.cluster) }
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 2000
      configuration.bufferBytes = 4000
      var iterator = simulation.client.records(of: "t", from: .earliest, configuration).makeAsyncIterator()
      _ = try await iterator.next()
      try await simulation.runtime.sleep(for: .seconds(60))
      #expect(await simulation.cluster.requestCount(of: .fetch) <= 5)
    }
  }

  @Test("a reader tells when it would have to wait, so that what was written can be flushed")
  func waiting() throws {
    try simulate { simulation in
      try await Self.fill(simulation.cluster)
      let range = PartitionRange(TopicPartition("t", 0), start: 0)
      let reader = simulation.client.reader(of: [range], ConsumerConfiguration())
      var batch = try await reader.next()
      var count = 0
      while batch != nil {
        count += 1
        batch = try reader.nextWithoutWaiting()
      }
      #expect(count == 30)
      try await simulation.cluster.append([MockRecord(value: "late")], to: "t", partition: 0)
      let late = try await reader.next()
      #expect(late?.opened.baseOffset == 300)
      await reader.close()
    }
  }

  @Test("faults drawn from a seed lose, repeat and reorder nothing", arguments: seeds)
  func drawnFaults(_ seed: Int) throws {
    try simulate(seed: UInt64(seed), topics: ["t": 3]) { simulation in
      for partition in 0..<Int32(3) { try await Self.fill(simulation.cluster, partition: partition) }
      let end = simulation.runtime.loop.now + .seconds(60)
      simulation.network.inject(
        FaultSchedule(meanInterval: .milliseconds(300), duration: .milliseconds(50) ... .seconds(2), end: end))
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 700
      var byPartition: [Int32: [String]] = [:]
      for try await batch in simulation.client.records(of: "t", until: .latest, configuration) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value {
            byPartition[batch.partition.partition, default: []].append(String(decoding: value.bytes, as: UTF8.self))
          }
        }
      }
      #expect(byPartition.count == 3)
      for values in byPartition.values { #expect(values == Self.values) }
    }
  }
}

extension KafkaClient {
  fileprivate func values(_ configuration: ConsumerConfiguration) async throws(KafkaError) -> [String] {
    try await values(of: "t", from: .earliest, until: .latest, configuration)
  }
}
