import KafkaMockBroker
import KafkaProtocol
import Synchronization
import Testing
import Transport

@testable import KafkaClient

/// Counts what the client holds, not what the process takes.
@Suite("Memory is bounded")
struct MemoryTests {
  private static let value = [UInt8](repeating: 7, count: 10_000)

  private static func append(_ count: Int, _ producer: KafkaProducer, _ highest: borrowing Mutex<Int>) async throws {
    for number in 0..<count where !producer.isAbandoned {
      let key = Array("\(number)".utf8)
      try await producer.append(value: value.span.bytes, key: key.span.bytes, to: "t")
      highest.withLock { $0 = max($0, producer.heldBytes) }
    }
  }

  /// What may be held, and the batch that passes the limit, whose block may be half as large again.
  private static func bound(partitions: Int) -> Int { min(8 << 20 + (partitions - 1) << 19, 17 << 20) + 3 << 19 }

  @Test(
    "while a broker is slow, what is appended is held up at the limit, and all of it is stored",
    arguments: [(1, true), (12, true), (100, true), (1000, true), (12, false)])
  func slowBroker(partitions: Int, isIdempotent: Bool) throws {
    try simulate(topics: ["t": partitions], latency: .milliseconds(300)) { simulation in
      var configuration = ProducerConfiguration()
      configuration.isIdempotent = isIdempotent
      try await simulation.client.withProducer(configuration) { producer throws(KafkaError) in
        let highest = Mutex(0)
        do { try await Self.append(2500, producer, highest) } catch { Issue.record(error) }
        let report = await producer.flush()
        #expect(report.acknowledged == 2500)
        #expect(highest.withLock { $0 } <= Self.bound(partitions: partitions))
        #expect(highest.withLock { $0 } >= 8 << 20, "nothing was held up")
        #expect(producer.heldBytes == 0)
      }
    }
  }

  @Test("while brokers answer nothing, appending waits at the limit", arguments: [1, 12, 1000])
  func pausedBroker(partitions: Int) throws {
    try simulate(topics: ["t": partitions]) { simulation in
      try await simulation.client.withProducer { producer throws(KafkaError) in
        let highest = Mutex(0)
        do {
          try await Self.append(1, producer, highest)
          await producer.flush()
          for broker in 1...3 { try await simulation.cluster.pause(broker: Int32(broker)) }
        } catch {
          Issue.record(error)
        }
        let appending = simulation.runtime.spawn { try await Self.append(10_000, producer, Mutex(0)) }
        try? await simulation.runtime.sleep(for: .seconds(10))
        #expect(producer.heldBytes > 7 << 20)
        #expect(producer.heldBytes <= Self.bound(partitions: partitions))
        await producer.abandon()
        _ = try? await appending.value
      }
    }
  }

  @Test("compressed batches count as what they take once they are compressed")
  func compressed() throws {
    try simulate { simulation in
      var configuration = ProducerConfiguration()
      configuration.compression = .init(.gzip)
      configuration.linger = .milliseconds(1)
      try await simulation.client.withProducer(configuration) { producer throws(KafkaError) in
        let highest = Mutex(0)
        do {
          try await Self.append(1, producer, highest)
          await producer.flush()
          for broker in 1...3 { try await simulation.cluster.pause(broker: Int32(broker)) }
          try await Self.append(100, producer, highest)
        } catch {
          Issue.record(error)
        }
        try? await simulation.runtime.sleep(for: .seconds(1))
        #expect(highest.withLock { $0 } >= 1_000_000)
        #expect(producer.heldBytes < 100_000)
        await producer.abandon()
        #expect(producer.heldBytes == 0)
      }
    }
  }

  @Test("whoever waits for room goes on when a quarter is free, since each time that he waits all batches are sent")
  func roomComesInPieces() throws {
    try simulate { simulation in
      let runtime = simulation.runtime
      // Below what comes from the pool, where a block may be larger.
      let batchBytes = 48 << 10
      let accumulator = Accumulator(limit: 8 * batchBytes)
      let topic = accumulator.add { index in
        TopicAppender(
          topic: index, name: "t", partitions: 8, format: .v2, batchBytes: batchBytes,
          chooser: PartitionChooser(.roundRobin, entropy: runtime.entropy), keepsTimestamps: false)
      }
      _ = accumulator.fill(topic, now: runtime.loop.now) { appender in
        for _ in 0..<8 { appender.append(key: nil, value: Self.value.span.bytes, headers: .none, timestamp: 0) }
      }
      #expect(accumulator.heldBytes == 8 * batchBytes && !accumulator.hasRoom)
      let isWaiting = Mutex(true)
      runtime.spawn {
        await accumulator.waitForRoom()
        isWaiting.withLock { $0 = false }
      }
      try await runtime.sleep(for: .seconds(1))
      accumulator.release(bytes: batchBytes)
      try await runtime.sleep(for: .seconds(1))
      #expect(isWaiting.withLock { $0 } && accumulator.hasRoom)
      accumulator.release(bytes: batchBytes)
      try await runtime.sleep(for: .seconds(1))
      #expect(!isWaiting.withLock { $0 })
    }
  }

  @Test("a batch begins with memory for what the last one of its partition had, not with an even share for ever")
  func memoryOfSmallBatches() {
    var appender = TopicAppender(
      topic: TopicIndex(number: 0), name: "t", partitions: 1, format: .v2, batchBytes: 1 << 20,
      chooser: PartitionChooser(.roundRobin, entropy: FixedEntropy()), keepsTimestamps: false)
    var reserved: [Int] = []
    for _ in 0..<2 {
      appender.append(key: nil, value: Self.value.span.bytes, headers: .none, timestamp: 0)
      reserved.append(appender.takeProgress().bytes)
      _ = appender.end(0)
    }
    // A large block may be one of another test's, up to half as large again.
    #expect((1 << 20...3 << 19).contains(reserved[0]) && reserved[1] == 1 << 14)
  }

  @Test("batches that were large make others begin with as much only where there is room for that")
  func memoryOfExpectedBatches() {
    let partitions: Int32 = 300
    let now = Instant(nanoseconds: 0)
    let accumulator = Accumulator(limit: nil)
    let topic = accumulator.add { index in
      TopicAppender(
        topic: index, name: "t", partitions: Int(partitions), format: .v2, batchBytes: 1 << 20,
        chooser: PartitionChooser(.roundRobin, entropy: FixedEntropy()), keepsTimestamps: false)
    }
    func append(_ count: Int, to partition: Int32, _ appender: inout TopicAppender) {
      for _ in 0..<count {
        appender.append(
          key: nil, value: Self.value.span.bytes, headers: .none, timestamp: 0, partition: partition)
      }
    }
    for partition in 0..<partitions {
      _ = accumulator.fill(topic, now: now) { append(60, to: partition, &$0) }
      let reference = PartitionReference(topic: topic, partition: partition)
      while case .batch(let full) = accumulator.take(reference, now: now, linger: .zero, flushing: true) {
        accumulator.release(bytes: full.heldBytes)
      }
    }
    #expect(accumulator.heldBytes == 0)
    _ = accumulator.fill(topic, now: now) { for partition in 0..<partitions { append(1, to: partition, &$0) } }
    #expect(accumulator.heldBytes < 32 << 20, "\(accumulator.heldBytes)")
  }

  @Test("whoever waits for room does not wait for the linger of batches that others begin meanwhile")
  func roomIsNotLingeredFor() throws {
    try simulate(topics: ["t": 10]) { simulation in
      var configuration = ProducerConfiguration()
      configuration.bufferBytes = 12_000
      configuration.batchBytes = 64 << 10
      configuration.linger = .seconds(3600)
      configuration.deliveryTimeout = .seconds(7200)
      let start = simulation.runtime.loop.now
      let end = try await simulation.client.withProducer(configuration) { producer throws(KafkaError) in
        let tasks = (0..<Int32(10)).map { partition in
          simulation.runtime.spawn {
            for _ in 0..<(20 - partition) {
              try await producer.append(value: Self.value.span.bytes, to: "t", partition: partition)
            }
          }
        }
        for task in tasks { do { try await task.value } catch { Issue.record(error) } }
        return simulation.runtime.loop.now
      }
      #expect(end - start < .seconds(10), "\(end - start)")
    }
  }

  @Test(
    "while nobody reads, answers are held up to the limit and those under way; then all is read",
    arguments: [1, 6, 100], [1, 3])
  func blockedReader(partitions: Int, brokers: Int) throws {
    try simulate(brokers: brokers, topics: ["t": partitions]) { simulation in
      let count = 120
      let record = MockRecord(value: String(repeating: "x", count: 100_000))
      for number in 0..<count {
        try await simulation.cluster.append([record], to: "t", partition: Int32(number % partitions))
      }
      var configuration = ConsumerConfiguration()
      configuration.bufferBytes = 3 << 20
      configuration.stopsAtEnd = true
      let ranges = (0..<Int32(partitions)).map { PartitionRange(TopicPartition("t", $0), start: 0) }
      let reader = simulation.client.reader(of: ranges, configuration)
      var read = 0
      while try await reader.next() != nil {
        read += 1
        guard read % 40 == 1 else { continue }
        try await simulation.runtime.sleep(for: .seconds(60))
        // What is under way comes in buffers of up to half as much again.
        let underWay = max(configuration.bufferBytes * 3 / 8, brokers * (1 << 20 + 101_000)) * 3 / 2
        #expect(reader.heldBytes <= configuration.bufferBytes + underWay)
      }
      #expect(read == count)
      #expect(reader.heldBytes == 0)
    }
  }
}

struct FixedEntropy: Entropy {
  func next() -> UInt64 { 4 }
}
