import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("Partitions that are added to a topic while it is in use")
struct AddedPartitionTests {
  @Test("are produced to once metadata shows them")
  func addedPartitions() throws {
    try simulate({ _, client in client.metadataMaximumAge = .seconds(60) }) { simulation in
      var configuration = ProducerConfiguration()
      configuration.partitioner = .roundRobin
      _ = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        try await producer.append(["first", "second"])
        _ = await producer.flush()
        try? await simulation.cluster.growTopic("t", to: 3)
        try? await simulation.runtime.sleep(for: .seconds(70))
        try await producer.append(["third", "fourth", "fifth"])
        return await producer.flush()
      }
      var counts: [Int] = []
      for partition in 0..<Int32(3) {
        counts.append(try await Records.stored(in: simulation.cluster, partition: partition).count)
      }
      #expect(counts.reduce(0, +) == 5)
      #expect(counts[1] == 1 && counts[2] == 1)
    }
  }

  @Test("are produced to by their number, also before metadata has grown old")
  func explicitPartition() throws {
    try simulate { simulation in
      let report = try await simulation.client.withProducer { (producer) throws(KafkaError) in
        try await producer.append(["first"], partition: 0)
        _ = await producer.flush()
        try? await simulation.cluster.growTopic("t", to: 3)
        try await producer.append(["second"], partition: 2)
        let refusal = await #expect(throws: KafkaError.self) { try await producer.append(["none"], partition: 3) }
        #expect(refusal?.reason.contains("0 to 2") == true)
        return await producer.flush()
      }
      #expect(report.acknowledged == 2)
      #expect(try await Records.stored(in: simulation.cluster, partition: 2) == ["second"])
    }
  }

  @Test("are read from their first record that is still there when metadata shows them", arguments: [false, true])
  func read(isFirstGone: Bool) throws {
    try simulate { simulation in
      try await simulation.cluster.append([MockRecord(value: "old")], to: "t", partition: 0)
      var values: [String] = []
      for try await batch in simulation.client.records(of: "t", from: .earliest) {
        try batch.forEach { (record) throws(KafkaError) in
          if let value = record.value { values.append(String(decoding: value.bytes, as: UTF8.self)) }
        }
        if values == ["old"] {
          try await simulation.cluster.growTopic("t", to: 3)
          for value in ["first", "second"] {
            try await simulation.cluster.append([MockRecord(value: value)], to: "t", partition: 2)
          }
          if isFirstGone { await simulation.cluster.deleteRecords(of: "t", partition: 2, before: 1) }
        }
        if values.last == "second" { break }
      }
      #expect(values == (isFirstGone ? ["old", "second"] : ["old", "first", "second"]))
    }
  }

  @Test(
    "cost no record and store none twice while faults are drawn from a seed", arguments: seeds
  )
  func addedPartitionsAndFaults(_ seed: Int) throws {
    try simulate(seed: UInt64(seed), { _, client in client.metadataMaximumAge = .seconds(5) }) { simulation in
      let end = simulation.runtime.loop.now + .seconds(30)
      simulation.network.inject(
        FaultSchedule(meanInterval: .milliseconds(1500), duration: .milliseconds(100) ... .seconds(4), end: end))
      var configuration = ProducerConfiguration()
      configuration.batchBytes = 400
      configuration.partitioner = .roundRobin
      let report = try await simulation.client.withProducer(configuration) { (producer) throws(KafkaError) in
        for step in 0..<30 {
          try await producer.append(Records.values(step * 20..<step * 20 + 20))
          producer.noMoreForNow()
          if step % 10 == seed % 10 { try? await simulation.cluster.growTopic("t", to: 2 + step / 10 * 3) }
          try? await simulation.runtime.sleep(for: .seconds(1))
        }
        return await producer.flush()
      }
      #expect(report.acknowledged == 600, "\(report)")
      var stored: [String] = []
      for partition in 0..<Int32(8) {
        let values = try await Records.stored(in: simulation.cluster, partition: partition)
        // The first of those added has been there for most of the time.
        #expect(partition > 1 || !values.isEmpty)
        stored += values
      }
      #expect(stored.count == 600 && Set(stored) == Set(Records.values(0..<600)))
    }
  }
}
