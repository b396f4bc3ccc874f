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
