import KafkaMockBroker
import Testing
import Transport

@testable import KafkaClient

@Suite("Producers and readers that share a client")
struct SharedClientTests {
  @Test(
    "all producers hear that their common connection has ended, and make another",
    arguments: [ProducerConfiguration.Acknowledgement.all, .none])
  func endedConnection(_ acknowledgement: ProducerConfiguration.Acknowledgement) throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.acknowledgement = acknowledgement
      let (client, fixed) = (simulation.client, configuration)
      let reports = try await client.withProducer(fixed) { (first) throws(KafkaError) in
        try await client.withProducer(fixed) { (second) throws(KafkaError) in
          for producer in [first, second] {
            try await producer.append(["before"])
            _ = await producer.flush()
          }
          await simulation.cluster.closeConnections()
          try? await simulation.runtime.sleep(for: .seconds(1))
          for producer in [first, second] { try await producer.append(["after"]) }
          return [await first.flush(), await second.flush()]
        }
      }
      for report in reports { #expect(report.acknowledged + report.unconfirmed == 2, "\(report)") }
      #expect(try await Records.stored(in: simulation.cluster) == ["before", "before", "after", "after"])
    }
  }

  @Test("producers that have ended are not told of connections any more")
  func endedProducers() throws {
    try simulate { simulation in
      for _ in 0..<3 {
        try await simulation.client.withProducer { (producer) throws(KafkaError) in try await producer.append(["a"]) }
      }
      let leader = try #require(await simulation.cluster.leader(of: "t", partition: 0))
      let (connection, _) = try await simulation.client.cluster.connect(toBroker: leader, for: .producing)
      #expect(await connection.closeObservers.isEmpty)
    }
  }

  @Test("a reader that waits at its end does not hold up the answers to another")
  func readers() throws {
    try simulate(brokers: 1, topics: ["t": 1, "idle": 1]) { simulation in
      let (client, runtime) = (simulation.client, simulation.runtime)
      var patient = ConsumerConfiguration()
      patient.maximumWait = .seconds(20)
      let configuration = patient
      let waiting = runtime.spawn { () async throws -> Int in
        var iterator = client.records(of: "idle", from: .latest, configuration).makeAsyncIterator()
        return try await iterator.next() == nil ? 0 : 1
      }
      for value in Records.values(0..<20) {
        try await simulation.cluster.append([MockRecord(value: value)], to: "t", partition: 0)
      }
      try await runtime.sleep(for: .seconds(1))
      let start = runtime.loop.now
      var small = ConsumerConfiguration()
      small.maximumPartitionBytes = 100
      #expect(try await client.values(small) == Records.values(0..<20))
      #expect(runtime.loop.now - start < .seconds(2))
      try await simulation.cluster.append([MockRecord(value: "late")], to: "idle", partition: 0)
      #expect(try await waiting.value == 1)
    }
  }

  @Test("readers one after another use the connection that was made for the first, unless it waits for an answer")
  func readersInTurn() throws {
    try simulate(brokers: 1) { simulation in
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      for _ in 0..<5 { #expect(try await simulation.client.values() == ["a"]) }
      #expect(await Set(simulation.cluster.requests(of: .fetch).map(\.connection)).count == 1)
    }
  }

  @Test("a reader that is dropped before its end leaves nothing behind")
  func droppedReader() throws {
    try simulate({ _, client in client.metadataMaximumAge = .seconds(10) }) { simulation in
      let client = simulation.client
      try await simulation.cluster.append([MockRecord(value: "a")], to: "t", partition: 0)
      for _ in 0..<3 {
        for try await batch in client.records(of: "t", from: .earliest) {
          #expect(batch.partition.topic == "t")
          break
        }
      }
      try await simulation.runtime.sleep(for: .seconds(60))
      #expect(await client.cluster.observers.isEmpty)
      #expect(await simulation.cluster.requests(of: .metadata).last?.topics == [])
      // What is read now is asked for anew.
      #expect(try await client.values() == ["a"])
    }
  }
}

extension KafkaClient {
  fileprivate func values(_ configuration: ConsumerConfiguration) async throws(KafkaError) -> [String] {
    try await values(of: "t", from: .earliest, until: .latest, configuration)
  }
}
