import KafkaClient
import Testing
@testable import KafkaMockBroker
@testable import Transport

@Suite("Scenarios of connections and leaders")
struct ScenarioTests {
  @Test("S22: an idle connection that the broker closes is opened again unseen")
  func idleConnection() throws {
    try simulate { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for value in ["before", "after"] {
          try await producer.append([value])
          producer.noMoreForNow()
          _ = await producer.flush()
          try? await simulation.runtime.sleep(for: .seconds(500))
          await simulation.cluster.closeConnections()
          try? await simulation.runtime.sleep(for: .seconds(1))
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 2 && report.settled == 2)
      #expect(try await Records.stored(in: simulation.cluster) == ["before", "after"])
      #expect(simulation.events.texts(.warning) + simulation.events.texts(.retry) == [])
    }
  }

  @Test("S23: hundreds of requests of several producers go over one connection to each broker")
  func connections() throws {
    try simulate { simulation in
      for _ in 0..<3 {
        _ = try await simulation.client.withProducer { (producer) throws(KafkaError) in
          for value in Records.values(0..<100) {
            try await producer.append([value])
            producer.noMoreForNow()
            _ = await producer.flush()
          }
        }
      }
      let requests = await simulation.cluster.requests(of: .produce)
      #expect(requests.count == 300)
      #expect(Set(requests.map(\.connection)).count == 1)
    }
  }

  @Test("S24: closing a client leaves no connection open, also while it reads")
  func close() throws {
    try simulate { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      #expect(try await simulation.client.values() == ["a"])
      var iterator = simulation.client.records(of: "t", from: .earliest).makeAsyncIterator()
      _ = try await iterator.next()
      #expect(!simulation.network.connections.isEmpty)
      await simulation.client.close()
      try await simulation.runtime.sleep(for: .seconds(1))
      #expect(simulation.network.connections.isEmpty)
    }
  }

  @Test(
    "S16: a leader that is none of the brokers is waited for, and named if it never comes", arguments: [true, false])
  func unlistedLeader(comes: Bool) throws {
    try simulate { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      let leader = try #require(await simulation.cluster.leader(of: "t", partition: 0))
      await simulation.cluster.setLeader(99)
      if comes {
        simulation.runtime.spawn {
          try await simulation.runtime.sleep(for: .seconds(5))
          await simulation.cluster.setLeader(leader)
        }
        #expect(try await simulation.client.values(until: .offset(1)) == ["a"])
      } else {
        var configuration = ConsumerConfiguration()
        configuration.patience = .seconds(10)
        let error = await #expect(throws: KafkaError.self) {
          _ = try await simulation.client.values(until: .offset(1), configuration)
        }
        #expect(error?.topic == "t")
      }
    }
  }

  @Test(
    "S43: a record larger than what is fetched at once comes, or an error says why not",
    arguments: [KafkaRelease.v0_8_2, .v0_9_0, .v0_10_2, .latest])
  func largeRecord(release: KafkaRelease) throws {
    try simulate({ mock, _ in mock.release = release }) { simulation in
      let large = String(repeating: "x", count: 50_000)
      try await simulation.cluster.append(
        [MockRecord(value: "a"), MockRecord(value: large), MockRecord(value: "b")], to: "t", partition: 0)
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 1000
      configuration.patience = .seconds(30)
      #expect(try await simulation.client.values(configuration) == ["a", large, "b"])
    }
  }

  @Test("S48: a broker that vanishes from the metadata is asked for nothing any more")
  func vanishedBroker() throws {
    try simulate { simulation in
      try await simulation.cluster.append(Records.values(0..<10).map { MockRecord(value: $0) }, to: "t", partition: 0)
      #expect(try await simulation.client.values().count == 10)
      let leader = try #require(await simulation.cluster.leader(of: "t", partition: 0))
      try await simulation.cluster.takeDown(broker: leader)
      await simulation.cluster.forgetRequests()
      #expect(try await simulation.client.values() == Records.values(0..<10))
      #expect(await simulation.cluster.requests().allSatisfy { $0.broker != leader })
    }
  }
}

extension MockCluster {
  /// Makes a broker the leader that need not be one of the cluster's.
  fileprivate func setLeader(_ broker: Int32) async {
    await server.withState { $0.moveLeader(of: PartitionName("t", 0), to: broker) }
  }
}
