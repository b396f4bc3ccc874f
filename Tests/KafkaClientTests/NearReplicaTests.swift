import KafkaClient
import Testing
import Transport

@testable import KafkaMockBroker

@Suite("Reading from near replicas")
struct NearReplicaTests {
  private static let values = Records.values(0..<100)
  private static let racks: [Int32: String] = [1: "one", 2: "two", 3: "three"]

  /// Reads a topic whose partition is led by broker 1, in small answers, and gives who was asked how often.
  private static func read(
    rack: String?, release: KafkaRelease = .latest, until end: RecordPosition? = .latest,
    _ trouble: @escaping @Sendable (Simulation) async throws -> Void = { _ in }
  ) throws -> (values: [String], brokers: [Int32: Int]) {
    try simulate({ mock, client in
      mock.racks = racks
      mock.release = release
      client.rack = rack
    }) { simulation in
      try await simulation.cluster.moveLeader(of: "t", partition: 0, to: 1)
      for value in values { try await simulation.cluster.append([MockRecord(value: value)], to: "t", partition: 0) }
      try await trouble(simulation)
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 500
      configuration.stopsAtEnd = end == nil
      let read = try await simulation.client.values(until: end, configuration)
      let requests = await simulation.cluster.requests(of: .fetch)
      return (read, Dictionary(grouping: requests, by: \.broker).mapValues(\.count))
    }
  }

  @Test(
    "who names a rack reads from the replica there, and asks the leader once", arguments: [RecordPosition.latest, nil])
  func replica(end: RecordPosition?) throws {
    let run = try Self.read(rack: "two", until: end)
    #expect(run.values == Self.values)
    #expect(run.brokers[1] == 1)
    #expect(run.brokers[2, default: 0] > 5)
    #expect(run.brokers[3] == nil)
  }

  @Test(
    "the leader is read from without a rack, in its own rack, in one that has no replica, and before Kafka 2.4",
    arguments: [(nil, KafkaRelease.latest), ("one", .latest), ("nowhere", .latest), ("two", .v1_1)])
  func leader(rack: String?, release: KafkaRelease) throws {
    let run = try Self.read(rack: rack, release: release)
    #expect(run.values == Self.values)
    #expect(Set(run.brokers.keys) == [1])
  }

  @Test(
    "records come once and in order whatever the replica does",
    arguments: [
      MockFault.error(.notLeaderOrFollower), .error(.offsetOutOfRange), .error(.replicaNotAvailable),
      .error(.unknownServerError), .close, .closeAfter(bytes: 60), .garbage(count: 30), .wrongCorrelationID, .noAnswer,
      .moveLeader(to: 3),
    ])
  func troubles(fault: MockFault) throws {
    let run = try Self.read(rack: "two") { simulation in
      await simulation.cluster.inject(fault, into: .fetch, broker: 2, times: 3)
    }
    #expect(run.values == Self.values)
    #expect(run.brokers[2, default: 0] > 3)
  }

  @Test("a replica that goes away, noticed by the cluster or not, costs no record", arguments: [true, false])
  func down(isNoticed: Bool) throws {
    let run = try Self.read(rack: "two") { simulation in
      await simulation.cluster.inject(
        .observe { _ in
          simulation.runtime.spawn { try? await simulation.cluster.takeDown(broker: 2, isNoticed: isNoticed) }
        }, into: .fetch, broker: 2, times: 1)
      if !isNoticed {
        simulation.runtime.spawn {
          try? await simulation.runtime.sleep(for: .seconds(5))
          try? await simulation.cluster.takeDown(broker: 2)
        }
      }
    }
    #expect(run.values == Self.values)
  }

  @Test("the leader is asked again when the metadata has grown old")
  func expiry() throws {
    try simulate({ mock, client in
      mock.racks = Self.racks
      client.rack = "two"
      client.metadataMaximumAge = .seconds(10)
    }) { simulation in
      try await simulation.cluster.moveLeader(of: "t", partition: 0, to: 1)
      let deadline = simulation.runtime.loop.now + .seconds(45)
      try await simulation.cluster.append([MockRecord(value: "first")], to: "t", partition: 0)
      simulation.runtime.spawn {
        try? await simulation.runtime.sleep(for: .seconds(45))
        _ = try? await simulation.cluster.append([MockRecord(value: "last")], to: "t", partition: 0)
      }
      var configuration = ConsumerConfiguration()
      configuration.maximumWait = .seconds(1)
      #expect(try await simulation.client.values(until: .offset(2), configuration) == ["first", "last"])
      #expect(simulation.runtime.loop.now >= deadline)
      let leader = await simulation.cluster.requests(of: .fetch).filter { $0.broker == 1 }.count
      #expect((2...6).contains(leader), "\(leader)")
    }
  }

  @Test("two brokers that name each other are asked less and less often, and told of")
  func bouncing() throws {
    try simulate({ mock, client in
      mock.racks = Self.racks
      client.rack = "here"
    }) { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      let server = simulation.cluster.server
      // Whoever is asked leads, and the other one is nearer.
      let fault = await simulation.cluster.inject(
        .observe { request in
          server.assumeIsolated { server in
            let other: Int32 = request.broker == 1 ? 2 : 1
            server.state.moveLeader(of: PartitionName("t", 0), to: request.broker)
            server.state.setRack("there", ofBroker: request.broker)
            server.state.setRack("here", ofBroker: other)
          }
        }, into: .fetch)
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(30))
        await simulation.cluster.remove(fault)
      }
      #expect(try await simulation.client.values() == ["a"])
      #expect(await simulation.cluster.requests(of: .fetch).count < 150)
      #expect(simulation.events.texts(.retry).contains { $0.contains("names another") })
    }
  }
}
