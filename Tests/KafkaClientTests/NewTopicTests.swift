import KafkaMockBroker
import Synchronization
import Testing
import Transport

@testable import KafkaClient

@Suite("Producing to topics that were created a moment ago")
struct NewTopicTests {
  @Test(
    "goes on until records have taken too long, while brokers have not heard of the topic",
    arguments: [MockAPI.metadata, .produce], [nil, 2] as [Int32?])
  func unheardOf(api: MockAPI, broker: Int32?) throws {
    try simulate(topics: [:]) { simulation in
      #expect(try await simulation.client.createTopic("new", partitions: 12))
      let fault = await simulation.cluster.inject(
        .error(.unknownTopicOrPartition), into: api, broker: broker, topic: "new")
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(60))
        await simulation.cluster.remove(fault)
      }
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for (number, value) in Records.values(0..<120).enumerated() {
          try await producer.append([value], to: "new", partition: Int32(number % 12))
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 120, "\(report)")
      for partition in 0..<12 {
        let stored = try await Records.stored(in: simulation.cluster, topic: "new", partition: Int32(partition))
        #expect(stored == (0..<10).map { "record \(partition + $0 * 12)" })
      }
    }
  }

  @Test("of which no broker hears in time fails with what they say of it", arguments: [MockAPI.metadata, .produce])
  func neverHeardOf(api: MockAPI) throws {
    try simulate(topics: [:]) { simulation in
      let isNew = try await simulation.client.createTopic("new")
      #expect(isNew)
      await simulation.cluster.inject(.error(.unknownTopicOrPartition), into: api, topic: "new")
      let start = simulation.runtime.loop.now
      let failures = Mutex<[String]>([])
      do {
        _ = try await simulation.client.withProducer(onFailure: { failure in
          failures.withLock { $0.append("\(failure.error)") }
        }) {
          (producer) throws(KafkaError) in
          try await producer.append(["a"], to: "new")
          return await producer.flush()
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
      #expect(failures.withLock { $0 }.first?.contains("UNKNOWN_TOPIC_OR_PARTITION") == true)
      let time = simulation.runtime.loop.now - start
      #expect((.seconds(119) ... .seconds(125)).contains(time), "\(time)")
    }
  }

  @Test("leaves no doubt about records whose topic no broker knew by its id: they were not stored")
  func unknownID() throws {
    try simulate { simulation in
      // UNKNOWN_TOPIC_ID, which a broker says before it looks at the records.
      await simulation.cluster.inject(.error(MockErrorCode(rawValue: 100)), into: .produce)
      var configuration = ProducerConfiguration()
      configuration.deliveryTimeout = .seconds(10)
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        return await producer.flush()
      }
      #expect(report.failed == 1 && report.unknown == 0, "\(report)")
    }
  }

  @Test("tries partitions that were refused together again together", arguments: 1...3)
  func togetherAgain(times: Int) throws {
    try simulate(brokers: 1, topics: ["t": 300]) { simulation in
      await simulation.cluster.inject(.error(.notLeaderOrFollower), into: .produce, times: times)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for (number, value) in Records.values(0..<300).enumerated() {
          try await producer.append([value], partition: Int32(number))
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 300, "\(report)")
      #expect(await simulation.cluster.requestCount(of: .produce) == times + 1)
    }
  }

  @Test("with a thousand partitions ends soon after the last of them has a leader")
  func leaderless() throws {
    try simulate(topics: [:]) { simulation in
      #expect(try await simulation.client.createTopic("new", partitions: 1000, replicas: 1))
      try await simulation.cluster.takeDown(broker: 2)
      let start = simulation.runtime.loop.now
      simulation.runtime.spawn {
        try await simulation.runtime.sleep(for: .seconds(20))
        try await simulation.cluster.bringUp(broker: 2)
      }
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for value in Records.values(0..<5000) {
          let bytes = Array(value.utf8)
          try await producer.append(value: bytes.span.bytes, key: bytes.span.bytes, to: "new")
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 5000, "\(report)")
      #expect(simulation.runtime.loop.now - start < .seconds(25), "\(simulation.runtime.loop.now - start)")
    }
  }
}
