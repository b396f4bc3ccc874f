import KafkaClient
import KafkaMockBroker
import KafkaProtocol
import Synchronization
import Testing
import Transport

@Suite("What is known of records that were sent")
struct OutcomeTests {
  private static let large = String(repeating: "x", count: 900_000)

  @Test("S19: a record whose reply never comes is unknown, and stored once however often it was sent")
  func lostReply() throws {
    try simulate(brokers: 1, { _, client in client.requestTimeout = .seconds(2) }) { simulation in
      await simulation.cluster.inject(.noAnswer, into: .produce)
      var configuration = ProducerConfiguration()
      configuration.deliveryTimeout = .seconds(9)
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        return await producer.flush()
      }
      #expect(report.unknown == 1 && report.settled == 1)
      #expect(await simulation.cluster.requestCount(of: .produce) > 1)
      #expect(try await Records.stored(in: simulation.cluster) == ["a"])
    }
  }

  @Test("S19: a reply that is lost costs a second request and no second record", arguments: [0, 1, 20])
  func lostReplyOnce(bytes: Int) throws {
    try simulate { simulation in
      await simulation.cluster.inject(.closeAfter(bytes: bytes), into: .produce, times: 1)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        return await producer.flush()
      }
      #expect(report.acknowledged == 1 && report.settled == 1)
      #expect(await simulation.cluster.requestCount(of: .produce) == 2)
      #expect(try await Records.stored(in: simulation.cluster) == ["a"])
    }
  }

  @Test("S20: a request that is cut short stores nothing and its records are unknown", arguments: [true, false])
  func cutRequest(isClosed: Bool) throws {
    try simulate(brokers: 1, topics: ["t": 8], latency: .milliseconds(200)) { simulation in
      var configuration = ProducerConfiguration()
      configuration.deliveryTimeout = .seconds(5)
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for partition in 0..<Int32(8) { try await producer.append([Self.large], partition: partition) }
        producer.noMoreForNow()
        // Some 7 MB take many seconds over this network.
        try? await simulation.runtime.sleep(for: .seconds(2))
        if isClosed {
          simulation.network.setRefused(true, host: "broker-1", port: 9092)
          simulation.network.resetConnections(host: "broker-1", port: 9092)
        } else {
          simulation.network.setSilent(true, host: "broker-1")
        }
        return await producer.flush()
      }
      #expect(report.unknown == 8 && report.settled == 8, "\(report)")
      for partition in 0..<Int32(8) {
        #expect(try await Records.stored(in: simulation.cluster, partition: partition) == [])
      }
    }
  }

  @Test("S20: a request that is cut short is sent again when the broker is back")
  func cutRequestAgain() throws {
    try simulate(brokers: 1, topics: ["t": 8], latency: .milliseconds(200)) { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for partition in 0..<Int32(8) { try await producer.append([Self.large], partition: partition) }
        producer.noMoreForNow()
        try? await simulation.runtime.sleep(for: .seconds(2))
        simulation.network.resetConnections(host: "broker-1", port: 9092)
        return await producer.flush()
      }
      #expect(report.acknowledged == 8 && report.settled == 8, "\(report)")
      for partition in 0..<Int32(8) {
        #expect(try await Records.stored(in: simulation.cluster, partition: partition).count == 1)
      }
    }
  }

  @Test(
    "S21: however short the time, each record is acknowledged, failed or unknown, and what is stored fits that",
    arguments: [50, 100, 200, 400, 800, 1600, 5000])
  func shrinkingTime(milliseconds: Int) throws {
    try simulate(seed: UInt64(milliseconds), latency: .milliseconds(40)) { simulation in
      var configuration = ProducerConfiguration()
      configuration.deliveryTimeout = .milliseconds(milliseconds)
      configuration.batchBytes = 500
      let failures = Count()
      let report = try await simulation.client.withProducer(
        configuration, onFailure: { failures.add($0.recordCount) }
      ) { (producer) throws(KafkaError) in
        try await producer.append(["first"])
        simulation.network.inject(
          FaultSchedule(
            meanInterval: .milliseconds(300), duration: .milliseconds(50) ... .seconds(1),
            end: simulation.runtime.loop.now + .seconds(10)))
        for start in stride(from: 0, to: 300, by: 20) {
          try await producer.append(Records.values(start..<start + 20))
          producer.noMoreForNow()
          try? await simulation.runtime.sleep(for: .milliseconds(500))
        }
        return await producer.flush()
      }
      #expect(report.settled == 301, "\(report)")
      #expect(failures.value == report.failed + report.unknown)
      // What has come late is stored in the end.
      try await simulation.runtime.sleep(for: .seconds(60))
      let stored = try await Records.stored(in: simulation.cluster)
      #expect(stored.count == Set(stored).count)
      #expect((report.acknowledged...report.acknowledged + report.unknown).contains(stored.count), "\(report)")
    }
  }

  @Test("S41: a request that takes longer than its limit is not given up while its bytes keep going")
  func slowRequest() throws {
    try simulate(
      brokers: 1, topics: ["t": 8], latency: .milliseconds(100), { _, client in client.requestTimeout = .seconds(3) }
    ) { simulation in
      let begin = simulation.runtime.loop.now
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for partition in 0..<Int32(8) { try await producer.append([Self.large], partition: partition) }
        return await producer.flush()
      }
      #expect(report.acknowledged == 8, "\(report)")
      #expect(simulation.runtime.loop.now - begin > .seconds(6))
      #expect(await simulation.cluster.requestCount(of: .produce) <= 2)
    }
  }

  @Test("S42: an answer that takes longer than the limit of its request is read while it keeps coming")
  func slowAnswer() throws {
    try simulate(latency: .milliseconds(100), { _, client in client.requestTimeout = .seconds(3) }) { simulation in
      for _ in 0..<6 { try await simulation.cluster.append([MockRecord(value: Self.large)], to: "t", partition: 0) }
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 50 << 20
      let begin = simulation.runtime.loop.now
      let values = try await simulation.client.values(until: .offset(6), configuration)
      #expect(values.map(\.utf8.count) == Array(repeating: 900_000, count: 6))
      #expect(simulation.runtime.loop.now - begin > .seconds(6))
      #expect(await Set(simulation.cluster.requests(of: .fetch).map(\.connection)).count == 1)
    }
  }

  @Test("S42: an answer that stops coming ends its connection after the limit, and is asked for again on another")
  func stalledAnswer() throws {
    try simulate(latency: .milliseconds(100), { _, client in client.requestTimeout = .seconds(3) }) { simulation in
      for _ in 0..<6 { try await simulation.cluster.append([MockRecord(value: Self.large)], to: "t", partition: 0) }
      var configuration = ConsumerConfiguration()
      configuration.maximumPartitionBytes = 50 << 20
      configuration.maximumWait = .milliseconds(100)
      let leader = try #require(await simulation.cluster.leader(of: "t", partition: 0))
      let host = "broker-\(leader)"
      simulation.runtime.spawn {
        // By then some of the answer, which takes more than six seconds, is there.
        try await simulation.runtime.sleep(for: .seconds(4))
        simulation.network.setSilent(true, host: host)
        try await simulation.runtime.sleep(for: .seconds(8))
        simulation.network.setSilent(false, host: host)
      }
      let values = try await simulation.client.values(until: .offset(6), configuration)
      #expect(values.map(\.utf8.count) == Array(repeating: 900_000, count: 6))
      #expect(
        simulation.events.all.contains { $0.text.contains("no answer within 3100ms") }, "\(simulation.events.all)")
      #expect(await Set(simulation.cluster.requests(of: .fetch).map(\.connection)).count == 2)
    }
  }

  @Test("S47: what a broker refuses of one partition leaves the others of the request stored")
  func mixedResults() throws {
    try simulate(brokers: 1, topics: ["t": 6]) { simulation in
      await simulation.cluster.inject(.error(.policyViolation), into: .produce, topic: "t", partition: 2)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for partition in 0..<Int32(6) { try await producer.append(["a"], partition: partition) }
        return await producer.flush()
      }
      #expect(report.acknowledged == 5 && report.failed == 1 && report.unknown == 0)
      #expect(await simulation.cluster.requestCount(of: .produce) == 1)
      for partition in 0..<Int32(6) {
        let stored = try await Records.stored(in: simulation.cluster, partition: partition)
        #expect(stored == (partition == 2 ? [] : ["a"]))
      }
    }
  }

  @Test("a broker is told to answer before the client stops to wait")
  func brokerLimit() throws {
    try simulate { simulation in
      try await simulation.client.withProducer { (producer) throws(KafkaError) in try await producer.append(["a"]) }
      let sent = try #require(await simulation.cluster.requests(of: .produce).first)
      let limit = try Duration.milliseconds(Int(sent.decode(as: ProduceRequest.self).timeoutMs))
      #expect((.seconds(5) ... .seconds(28)).contains(limit))
    }
  }
}

/// A number that is added to from the loop.
private final class Count: Sendable {
  private let number = Mutex(0)

  var value: Int { number.withLock { $0 } }

  func add(_ more: Int) { number.withLock { $0 += more } }
}
