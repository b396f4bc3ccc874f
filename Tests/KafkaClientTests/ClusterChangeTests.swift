import KafkaClient
import Testing
import Transport

@testable import KafkaMockBroker

@Suite("Clusters that are not as they were, or not yet as they will be")
struct ClusterChangeTests {
  @Test("S48: a broker whose id moves to another address is found there, for producing and reading")
  func movedBroker() throws {
    try simulate { simulation in
      let leader = try #require(await simulation.cluster.leader(of: "t", partition: 0))
      var iterator = simulation.client.records(of: "t", from: .earliest).makeAsyncIterator()
      try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        producer.noMoreForNow()
        let first = try await iterator.next()
        #expect(first?.partition.topic == "t")
        await simulation.move(broker: leader, to: "moved")
        try await producer.append(["b"])
        producer.noMoreForNow()
        let second = try await iterator.next()
        #expect(second?.partition.topic == "t")
      }
      #expect(try await Records.stored(in: simulation.cluster) == ["a", "b"])
    }
  }

  @Test("connections to addresses that metadata no longer names are closed once they owe no answer")
  func manyAddresses() throws {
    try simulate(brokers: 1, { _, client in client.metadataMaximumAge = .seconds(5) }) { simulation in
      let runtime = simulation.runtime
      var iterator = simulation.client.records(of: "t", from: .earliest).makeAsyncIterator()
      try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for place in 0..<6 {
          // The old address leads to the broker for as long as somebody is connected, as behind a balancer that drains.
          await simulation.move(broker: 1, to: "place-\(place)", closingConnections: false)
          try? await runtime.sleep(for: .seconds(12))
          try await producer.append(["\(place)"])
          #expect(await producer.flush().acknowledged == place + 1)
          #expect(try await iterator.next()?.partition.partition == 0)
        }
      }
      try await runtime.sleep(for: .seconds(12))
      // One for each use.
      #expect(simulation.connectionCount <= 3)
      #expect(simulation.events.texts(.warning) == [])
    }
  }

  @Test(
    "S27: a topic is created by producing and never by reading, where the broker allows it",
    arguments: [KafkaRelease.v0_8_2, .v0_10_2, .v2_8, .latest], [true, false])
  func creation(release: KafkaRelease, isAllowed: Bool) throws {
    try simulate({ mock, _ in
      mock.release = release
      mock.createsTopics = isAllowed
    }) { simulation in
      let reading = await #expect(throws: KafkaError.self) { _ = try await simulation.client.values(of: "new") }
      #expect(reading?.code == .unknownTopicOrPartition)
      #expect(await simulation.cluster.topics == ["t"])
      let producing = { @Sendable () async throws(KafkaError) in
        try await simulation.client.withProducer { (producer) throws(KafkaError) in
          try await producer.append(["a"], to: "new")
          return await producer.flush()
        }
      }
      if isAllowed {
        let report = try await producing()
        #expect(report.acknowledged == 1)
        let values = try await simulation.client.values(of: "new")
        #expect(values == ["a"])
      } else {
        let error = await #expect(throws: KafkaError.self) { _ = try await producing() }
        #expect(error?.code == .unknownTopicOrPartition)
        #expect(await simulation.cluster.topics == ["t"])
      }
    }
  }

  @Test("S28: many producers and readers, with a client of their own or a shared one, do not disturb each other")
  func concurrent() throws {
    try simulate { simulation in
      let (shared, runtime) = (simulation.client, simulation.runtime)
      let producing = (0..<8).map { number in
        runtime.spawn { () async throws -> ProduceReport in
          let client = number % 2 == 0 ? shared : KafkaClient(shared.configuration, runtime: runtime)
          let report = try await client.withProducer { (producer) throws(KafkaError) in
            for record in 0..<50 {
              try await producer.append(["\(number) \(record)"])
              if record % 10 == 0 { producer.noMoreForNow() }
            }
            return await producer.flush()
          }
          if client !== shared { await client.close() }
          return report
        }
      }
      let reading = (0..<3).map { number in
        runtime.spawn { () async throws -> [String] in
          let client = number == 0 ? KafkaClient(shared.configuration, runtime: runtime) : shared
          let values = try await client.values(until: .offset(400))
          if client !== shared { await client.close() }
          return values
        }
      }
      for task in producing { #expect(try await task.value.acknowledged == 50) }
      let stored = try await Records.stored(in: simulation.cluster)
      for task in reading { #expect(try await task.value == stored) }
      for number in 0..<8 {
        #expect(stored.filter { $0.hasPrefix("\(number) ") } == (0..<50).map { "\(number) \($0)" })
      }
    }
  }

  @Test("S11: waiting for more bytes than there are is neither an error nor a reason to ask again, however far away")
  func longPoll() throws {
    try simulate(latency: .milliseconds(300)) { simulation in
      var configuration = ConsumerConfiguration()
      configuration.minimumBytes = 10_000
      configuration.maximumWait = .milliseconds(100)
      var iterator = simulation.client.records(of: "t", from: .latest, configuration).makeAsyncIterator()
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(60))
        try await simulation.cluster.append([MockRecord(value: "late")], to: "t", partition: 0)
      }
      let batch = try await iterator.next()
      #expect(batch?.partition.topic == "t")
      #expect(simulation.events.texts(.retry) == [] && simulation.events.texts(.warning) == [])
      #expect(await Set(simulation.cluster.requests(of: .fetch).map(\.connection)).count == 1)
    }
  }

  @Test(
    "S31: reading ends with the advertised address that has no address or refuses", arguments: [true, false])
  func advertised(isResolved: Bool) throws {
    try simulate({ mock, client in
      mock.advertisedHost = "nowhere"
      client.requestTimeout = .seconds(5)
    }) { simulation in
      if !isResolved { simulation.network.setAddresses([], of: "nowhere") }
      var configuration = ConsumerConfiguration()
      configuration.patience = .seconds(5)
      let fixed = configuration
      let reading = await #expect(throws: KafkaError.self) {
        _ = try await simulation.client.values(until: .offset(1), fixed)
      }
      let text = reading.map { "\($0)" } ?? ""
      #expect(text.contains("advertised.listeners") && text.contains("nowhere"), "\(text)")
    }
  }

  @Test("S33: a broker that closes connections while it starts is not taken for an old one", arguments: 1...2)
  func startingBroker(closes: Int) throws {
    try simulate(brokers: 1) { simulation in
      await simulation.cluster.inject(.close, into: .apiVersions, times: closes)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        return await producer.flush()
      }
      #expect(report.acknowledged == 1)
      // Kafka 0.8 would be sent version 0.
      let versions = await simulation.cluster.requests(of: .produce).map(\.version)
      #expect(versions.allSatisfy { $0 >= 3 }, "\(versions)")
    }
  }

  @Test("S32: of several bootstrap addresses one is enough, whatever is wrong with the others")
  func oneBootstrapAddress() throws {
    try simulate { simulation in
      simulation.network.setAddresses([], of: "broker-1")
      simulation.network.setSilent(true, host: "broker-2")
      let metadata = try await simulation.client.metadata()
      #expect(metadata.brokers.count == 3)
      #expect(simulation.runtime.loop.now.nanoseconds < 2_000_000_000)
    }
  }

  @Test(
    "S36: a coordinator that is not there yet is waited for",
    arguments: [MockErrorCode.coordinatorNotAvailable, .coordinatorLoadInProgress],
    [MockAPI.findCoordinator, .offsetCommit])
  func lateCoordinator(code: MockErrorCode, api: MockAPI) throws {
    try simulate { simulation in
      await simulation.cluster.inject(.error(code), into: api, times: 2)
      let outcomes = try await simulation.client.commit([.init(TopicPartition("t", 0), offset: 0)], for: "g")
      #expect(outcomes.map { $0.error?.code } == [nil])
      let committed = try await simulation.client.committedOffsets(of: "g")
      #expect(committed.map(\.offset) == [0])
    }
  }
}

extension Simulation {
  /// How many connections the brokers have.
  fileprivate var connectionCount: Int { cluster.server.assumeIsolated { $0.connections.count } }

  /// Gives a broker another host name and takes the old one away.
  fileprivate func move(broker: Int32, to host: String, closingConnections: Bool = true) async {
    let old = "broker-\(broker)"
    network.setAddresses([old], of: host)
    network.setAddresses([], of: old)
    await cluster.server.withState { $0.setAddress(host, 9091 + UInt16(broker), ofBroker: broker) }
    if closingConnections { await cluster.closeConnections(broker: broker) }
  }
}
