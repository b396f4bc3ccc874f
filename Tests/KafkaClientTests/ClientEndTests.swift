import KafkaMockBroker
import Testing
import Transport

@testable import KafkaClient

@Suite("The end of a client", .timeLimit(.minutes(1)))
struct ClientEndTests {
  /// What is wrong with all brokers.
  enum Trouble: CaseIterable {
    case refusing
    case silent
    case unknown
    case mute
  }

  /// What is left of a client.
  private struct Left: Sendable {
    weak let cluster: Cluster?
  }

  @Test("ends all that works for it at once, whatever is wrong with the cluster", arguments: Trouble.allCases)
  func ofTasks(_ trouble: Trouble) throws {
    let left = try simulate { simulation in
      let runtime = simulation.runtime
      for broker in Int32(1)...3 {
        switch trouble {
        case .refusing: try await simulation.cluster.takeDown(broker: broker)
        case .silent: simulation.network.setSilent(true, host: "broker-\(broker)")
        case .unknown: simulation.network.setAddresses([], of: "broker-\(broker)")
        case .mute: await simulation.cluster.inject(.noAnswer, into: .apiVersions, broker: broker)
        }
      }
      let client = KafkaClient(simulation.client.configuration, runtime: runtime)
      let reading = runtime.spawn { () async throws in _ = try await client.values() }
      let producing = runtime.spawn { () async throws in
        try await client.withProducer { (producer) throws(KafkaError) in try await producer.append(["a"]) }
      }
      await client.learnAhead(of: "t", createIfMissing: false)
      try await runtime.sleep(for: .seconds(3))
      let start = runtime.loop.now
      await client.close()
      for task in [reading, producing] {
        let error = await #expect(throws: KafkaError.self) { try await task.value }
        #expect(error?.code == (trouble == .unknown ? .unknownHost : .cancelled), "\(String(describing: error))")
      }
      #expect(runtime.loop.now == start && client.cluster.tasks.count == 0)
      return Left(cluster: client.cluster)
    }
    #expect(left.cluster == nil)
  }

  @Test("ends those who wait for records and for their acknowledgement")
  func ofWaiting() throws {
    try simulate { simulation in
      let runtime = simulation.runtime
      let client = KafkaClient(simulation.client.configuration, runtime: runtime)
      let reading = runtime.spawn { () async throws in _ = try await client.values(until: nil) }
      let producer = try await client.makeProducer(ProducerConfiguration(), onFailure: { _ in })
      try await producer.append(["a"])
      _ = await producer.flush()
      for broker in Int32(1)...3 { try await simulation.cluster.takeDown(broker: broker, isNoticed: false) }
      try await producer.append(["b"])
      let flushing = runtime.spawn { await producer.flush() }
      try await runtime.sleep(for: .seconds(3))
      let start = runtime.loop.now
      await client.close()
      let report = try await flushing.value
      #expect(report.acknowledged == 1 && report.settled == 2, "\(report)")
      let error = await #expect(throws: KafkaError.self) { try await reading.value }
      #expect(error?.code == .cancelled)
      #expect(runtime.loop.now == start)
    }
  }

  @Test("is told to whoever uses the client or its producer afterwards")
  func isTold() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      var kept: (client: KafkaClient, producer: KafkaProducer, records: KafkaRecords.Iterator)?
      weak var loop: SystemEventLoop?
      let configuration = KafkaClientConfiguration(
        bootstrap: cluster.brokers.map { BrokerAddress(host: $0.host, port: $0.port) })
      try await withKafkaClient(configuration) { (client) throws(KafkaError) in
        loop = client.runtime.loop as? SystemEventLoop
        var records = client.records(of: "t").makeAsyncIterator()
        try await client.withProducer { (producer) throws(KafkaError) in
          try await producer.append(["a"])
          _ = await producer.flush()
          _ = try await records.next()
          kept = (client, producer, records)
        }
      }
      if let (client, producer, reading) = kept {
        var records = reading
        #expect(await producer.flush().acknowledged == 1)
        #expect(await producer.report.acknowledged == 1)
        await #expect(throws: KafkaError.self) { _ = try await client.metadata() }
        await #expect(throws: KafkaError.self) { _ = try await client.groupNames() }
        await #expect(throws: KafkaError.self) { _ = try await client.values() }
        await #expect(throws: KafkaError.self) { try await client.withProducer { _ throws(KafkaError) in } }
        await #expect(throws: KafkaError.self) { try await producer.append(["b"]) }
        await #expect(throws: KafkaError.self) { _ = try await records.next() }
        let checks = await client.checkBrokers()
        #expect(checks.map(\.error?.code) == [.cancelled])
      }
      kept = nil
      #expect(loop == nil)
    }
  }
}
