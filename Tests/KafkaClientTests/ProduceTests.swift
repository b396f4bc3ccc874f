import KafkaClient
import KafkaMockBroker
import KafkaProtocol
import Testing
import Transport

@Suite("Producing")
struct ProduceTests {
  @Test("a first record is sent at once where its leader was connected to ahead of it")
  func firstRecord() throws {
    try simulate(topics: ["t": 3]) { simulation in
      try await simulation.client.withProducer { (producer) throws(KafkaError) in
        let topic = try await producer.topic("t", createIfMissing: false)
        await producer.connectAhead(to: topic)
        try? await simulation.runtime.sleep(for: .seconds(1))
        let before = await simulation.cluster.requests()
        #expect(before.count { $0.api == .apiVersions } == 4)
        try await producer.append(["a"], partition: 1)
        let report = await producer.flush()
        #expect(report.acknowledged == 1)
        #expect(await simulation.cluster.requests().dropFirst(before.count).map(\.api) == [.produce])
      }
    }
  }

  @Test("a partition that waits to try again does so in time, also where another's batch is due before that")
  func waitsNoLonger() throws {
    try simulate(
      brokers: 1, topics: ["t": 2], latency: .milliseconds(1),
      { _, client in client.retryBackoff = .milliseconds(200) ... .milliseconds(200) }
    ) { simulation in
      var configuration = ProducerConfiguration()
      configuration.linger = .milliseconds(50)
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        let topic = try await producer.topic("t", createIfMissing: false)
        await producer.connectAhead(to: topic)
        try? await simulation.runtime.sleep(for: .seconds(1))
        await simulation.cluster.inject(.error(.notEnoughReplicas), into: .produce, times: 1)
        let start = simulation.runtime.loop.now
        try await producer.append(["a"], partition: 0)
        producer.noMoreForNow()
        try? await simulation.runtime.sleep(for: .milliseconds(10))
        try await producer.append(["b"], partition: 1)
        try? await simulation.runtime.sleep(for: .milliseconds(100))
        let report = await producer.flush()
        #expect(report.acknowledged == 2)
        #expect(await simulation.cluster.requestCount(of: .produce) == 3)
        #expect(simulation.runtime.loop.now - start < .milliseconds(300))
      }
    }
  }

  private static let values = Records.values(0..<500)

  /// Faults of a broker after which all records must be stored once, in order.
  enum Fault: CaseIterable, Sendable {
    case none, notLeader, storageError, notEnoughReplicas, timedOutAfterStoring, connectionClosed, connectionReset
    case closedAfterStoring, cutAnswer, garbage, wrongCorrelationID, noAnswer, unknownTopicForAWhile, slow
    case leaderMoves, outOfOrder, corrupt

    var mock: MockFault? {
      switch self {
      case .none: nil
      case .notLeader: .error(.notLeaderOrFollower)
      case .storageError: .error(.kafkaStorageError)
      case .notEnoughReplicas: .error(.notEnoughReplicas)
      case .timedOutAfterStoring: .errorAfterProcessing(.requestTimedOut)
      case .connectionClosed: .close
      case .connectionReset: .reset
      case .closedAfterStoring: .closeAfter(bytes: 0)
      case .cutAnswer: .closeAfter(bytes: 13)
      case .garbage: .garbage(count: 40)
      case .wrongCorrelationID: .wrongCorrelationID
      case .noAnswer: .noAnswer
      case .unknownTopicForAWhile: .error(.unknownTopicOrPartition)
      case .slow: .delay(.seconds(5))
      case .leaderMoves: .moveLeader(to: 2)
      case .outOfOrder: .errorAfterProcessing(.notEnoughReplicasAfterAppend)
      case .corrupt: .error(.corruptMessage)
      }
    }
  }

  @Test("S17: records are stored once and in order whatever the broker does", arguments: Fault.allCases, [1, 3])
  func survives(_ fault: Fault, times: Int) throws {
    try simulate { simulation in
      if let mock = fault.mock {
        await simulation.cluster.inject(mock, into: .produce, times: times)
      }
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 500
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.acknowledged == Self.values.count)
      #expect(report.failed == 0 && report.unknown == 0)
      #expect(try await Records.stored(in: simulation.cluster) == Self.values)
    }
  }

  @Test("a broker that has no producer's id to give is asked again, and named")
  func noIdentity() throws {
    try simulate({ _, client in client.requestTimeout = .seconds(5) }) { simulation in
      await simulation.cluster.inject(.error(.coordinatorLoadInProgress), into: .initProducerID, times: 2)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        return await producer.flush()
      }
      #expect(report.acknowledged == 1)
      await simulation.cluster.inject(.error(.coordinatorLoadInProgress), into: .initProducerID)
      let error = await #expect(throws: KafkaError.self) {
        try await simulation.client.withProducer { (_) throws(KafkaError) in }
      }
      #expect(error?.operation == "InitProducerId" && error?.broker?.hasPrefix("broker ") == true)
      #expect(error?.code == .broker(14))
    }
  }

  @Test("S15: a broker that goes and comes back costs no record and stores none twice")
  func brokerReturns() throws {
    try simulate { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(Array(Self.values[..<250]))
        producer.noMoreForNow()
        guard let leader = await simulation.cluster.leader(of: "t", partition: 0) else { return ProduceReport() }
        try? await simulation.cluster.takeDown(broker: leader, isNoticed: false)
        try await producer.append(Array(Self.values[250...]))
        producer.noMoreForNow()
        try? await simulation.runtime.sleep(for: .seconds(20))
        try? await simulation.cluster.bringUp(broker: leader)
        return await producer.flush()
      }
      #expect(report.acknowledged == Self.values.count)
      #expect(try await Records.stored(in: simulation.cluster) == Self.values)
    }
  }

  @Test("S21: what cannot be delivered in time is counted: sent is unknown, never sent has failed")
  func deliveryTimeout() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.deliveryTimeout = .seconds(3)
      configuration.batchBytes = 500
      configuration.isIdempotent = false
      await simulation.cluster.inject(.noAnswer, into: .produce)
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.acknowledged == 0)
      #expect(report.unknown > 0 && report.failed > 0)
      #expect(report.settled == Self.values.count)
      #expect(simulation.runtime.loop.now.nanoseconds < 10_000_000_000, "\(simulation.events.texts)")
    }
  }

  @Test("a batch that is too large for the broker is split, and the next ones are smaller")
  func splits() throws {
    try simulate({ mock, _ in mock.maximumBatchSize = 2_000 }) { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.acknowledged == Self.values.count)
      #expect(try await Records.stored(in: simulation.cluster) == Self.values)
    }
  }

  @Test("a record that is too large fails alone")
  func oversized() throws {
    try simulate({ mock, _ in mock.maximumBatchSize = 2_000 }) { simulation in
      let large = String(repeating: "x", count: 5_000)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["a", large, "b", "c"])
        return await producer.flush()
      }
      #expect(
        report.acknowledged == 3 && report.failed == 1 && report.unknown == 0, "\(report) \(simulation.events.texts)")
      #expect(try await Records.stored(in: simulation.cluster) == ["a", "b", "c"])
    }
  }

  @Test("a refusal for good fails the batch, and what follows is still stored")
  func refused() throws {
    try simulate { simulation in
      await simulation.cluster.inject(.error(.policyViolation), into: .produce, times: 1)
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 500
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.failed > 0 && report.unknown == 0)
      #expect(report.settled == Self.values.count)
      let stored = try await Records.stored(in: simulation.cluster)
      #expect(stored == Array(Self.values[report.failed...]))
    }
  }

  @Test("without acknowledgements all is sent, and nothing is claimed")
  func unconfirmed() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.acknowledgement = .none
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.unconfirmed == Self.values.count && report.acknowledged == 0)
      #expect(try await Records.stored(in: simulation.cluster) == Self.values)
    }
  }

  @Test("one record leaves at once when the caller has no more for now")
  func loneRecord() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.linger = .seconds(1000)
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["alone"])
        let before = simulation.runtime.loop.now
        producer.noMoreForNow()
        while await producer.report.acknowledged == 0 { try? await simulation.runtime.sleep(for: .milliseconds(1)) }
        #expect(simulation.runtime.loop.now - before < .milliseconds(500))
      }
    }
  }

  @Test("keys choose the partitions that the Java client chooses, and every partition keeps its order")
  func partitions() throws {
    try simulate(topics: ["t": 6]) { simulation in
      try await simulation.client.withProducer { (producer) throws(KafkaError) in
        for number in 0..<300 {
          let key = Array("key \(number % 20)".utf8)
          let value = Array("\(number)".utf8)
          try await producer.append(value: value.span.bytes, key: key.span.bytes, to: "t")
        }
      }
      var total = 0
      for partition in 0..<Int32(6) {
        let stored = try await Records.stored(in: simulation.cluster, partition: partition).compactMap(Int.init)
        #expect(stored == stored.sorted())
        total += stored.count
      }
      #expect(total == 300)
    }
  }

  @Test("a partition that the topic does not have is refused with the number there is")
  func unknownPartition() throws {
    try simulate(topics: ["t": 2]) { simulation in
      let error = await #expect(throws: KafkaError.self) {
        try await simulation.client.withProducer { (producer) throws(KafkaError) in
          try await producer.append(["x"], partition: 7)
        }
      }
      #expect(error?.code == .unknownTopicOrPartition)
      #expect(error?.description.contains("partitions 0 to 1") == true)
    }
  }

  @Test(
    "every record format that a release takes is used with it",
    arguments: [
      KafkaRelease.v0_8_2, .v0_9_0, .v0_10_2, .v1_1, .v2_8, .v3_9, .v4_3, .latest,
    ])
  func releases(_ release: KafkaRelease) throws {
    try simulate({ mock, _ in mock.release = release }) { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(Self.values)
        return await producer.flush()
      }
      #expect(report.acknowledged == Self.values.count)
      #expect(try await Records.stored(in: simulation.cluster) == Self.values)
      #expect(try await simulation.client.values() == Self.values)
    }
  }

  @Test(
    "zstd is refused before anything is sent to a broker that does not know it",
    arguments: [
      (KafkaRelease.v1_1, false), (.v2_8, true),
    ])
  func zstd(_ release: KafkaRelease, isKnown: Bool) throws {
    try simulate({ mock, _ in mock.release = release }) { simulation in
      var configuration = ProducerConfiguration()
      configuration.compression = Compression(.zstd)
      let fixed = configuration
      let produce = { @Sendable () async throws(KafkaError) in
        try await simulation.client.withProducer(fixed) { (producer) throws(KafkaError) in
          try await producer.append(Self.values)
        }
      }
      if isKnown {
        try await produce()
      } else {
        let error = await #expect(throws: KafkaError.self) { try await produce() }
        #expect(error?.code == .unsupportedVersion)
      }
      #expect(await (simulation.cluster.requestCount(of: .produce) > 0) == isKnown)
    }
  }

  @Test("giving up settles what is appended before and after, and a flush ends")
  func abandoned() throws {
    try simulate { simulation in
      await simulation.cluster.inject(.noAnswer, into: .produce)
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(Array(Self.values[..<100]))
        producer.noMoreForNow()
        try? await simulation.runtime.sleep(for: .seconds(1))
        try await producer.append(Array(Self.values[100..<200]))
        await producer.abandon()
        #expect(producer.isAbandoned)
        try await producer.append(Array(Self.values[200..<300]))
        return await producer.flush()
      }
      #expect(report.unknown == 100 && report.failed == 200)
    }
  }

  @Test("a flush waits for what was appended before it and not for what comes later")
  func flushMark() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.linger = .seconds(1000)
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["a"])
        await producer.flush()
        try await producer.append(["b"])
        try? await simulation.runtime.sleep(for: .seconds(5))
        // The flush has ended, so the linger holds for what comes behind it.
        let report = await producer.report
        #expect(report.acknowledged == 1)
      }
    }
  }

  @Test("without acknowledgements, a broker that does not read holds the producer up")
  func unconfirmedIsBounded() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.acknowledgement = .none
      configuration.bufferBytes = 1 << 20
      let large = String(repeating: "x", count: 100_000)
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["first"])
        await producer.flush()
        for broker in 1...3 { try? await simulation.cluster.pause(broker: Int32(broker)) }
        let appending = simulation.runtime.spawn { () -> Int in
          var count = 0
          while count < 1000, !producer.isAbandoned {
            try await producer.append([large])
            count += 1
          }
          return count
        }
        try? await simulation.runtime.sleep(for: .seconds(5))
        let settled = await producer.report.settled
        // 8 MiB may be unread, and no more is sent until the broker says that it has read them.
        #expect(settled < 120)
        await producer.abandon()
        _ = try? await appending.value
      }
    }
  }

  @Test("giving up ends a flush that waits for a broker to say that it has read all, and claims nothing")
  func unconfirmedAbandoned() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.acknowledgement = .none
      try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["first"])
        await producer.flush()
        for broker in 1...3 { try? await simulation.cluster.pause(broker: Int32(broker)) }
        try await producer.append(["never read"])
        let flushing = simulation.runtime.spawn { await producer.flush() }
        try? await simulation.runtime.sleep(for: .seconds(1))
        let before = simulation.runtime.loop.now
        await producer.abandon()
        let report = try? await flushing.value
        #expect(simulation.runtime.loop.now - before < .seconds(1))
        #expect(report?.unconfirmed == 1 && report?.unknown == 1)
      }
    }
  }

  @Test("faults drawn from a seed cost no record and store none twice", arguments: seeds)
  func drawnFaults(_ seed: Int) throws {
    try simulate(seed: UInt64(seed), topics: ["t": 3]) { simulation in
      let end = simulation.runtime.loop.now + .seconds(40)
      simulation.network.inject(
        FaultSchedule(meanInterval: .milliseconds(1500), duration: .milliseconds(100) ... .seconds(4), end: end))
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 400
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for start in stride(from: 0, to: 600, by: 20) {
          for number in start..<start + 20 {
            try await producer.append(["\(number)"], partition: Int32(number % 3))
          }
          producer.noMoreForNow()
          try? await simulation.runtime.sleep(for: .seconds(1))
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 600, "\(report)")
      for partition in 0..<3 {
        let stored = try await Records.stored(in: simulation.cluster, partition: Int32(partition))
        #expect(stored == (0..<200).map { "\($0 * 3 + partition)" })
      }
    }
  }
}
