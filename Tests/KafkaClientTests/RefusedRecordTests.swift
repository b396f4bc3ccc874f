import KafkaMockBroker
import KafkaProtocol
import Synchronization
import Testing
import Transport

@testable import KafkaClient

/// Records that a broker refuses: those fail alone, and are told by the numbers under which they were appended.
@Suite("Refused records")
struct RefusedRecordTests {
  /// What was told of failures and deliveries.
  private final class Told: Sendable {
    private let state = Mutex((failures: [ProduceFailure](), deliveries: [ProduceDelivery]()))

    func note(_ failure: ProduceFailure) { state.withLock { $0.failures.append(failure) } }
    func note(_ delivery: ProduceDelivery) { state.withLock { $0.deliveries.append(delivery) } }

    var failures: [ProduceFailure] { state.withLock { $0.failures } }
    var deliveries: [ProduceDelivery] { state.withLock { $0.deliveries } }
    var failedNumbers: [Int64] { failures.flatMap { Array($0.numbers) }.sorted() }
  }

  /// Produces records `1`, `2`, … to topic `t`, of which those in `withoutKey` have no key.
  private static func produce(
    _ count: Int, withoutKey: Set<Int>, _ simulation: Simulation, _ told: Told,
    _ configuration: ProducerConfiguration = .init()
  ) async throws -> ProduceReport {
    await simulation.cluster.configureTopic("t", "cleanup.policy", "compact")
    let producer = try await simulation.client.makeProducer(
      configuration, onFailure: { told.note($0) }, onDelivery: { told.note($0) })
    let topic = try await producer.topic("t", createIfMissing: true)
    let key: [UInt8] = [0x6B]
    producer.fill(topic) { appender in
      for number in 1...count {
        let value = Array("\(number)".utf8)
        appender.append(
          key: withoutKey.contains(number) ? nil : key.span.bytes, value: value.span.bytes, headers: .none,
          timestamp: 1000 + Int64(number), number: Int64(number))
      }
    }
    let report = await producer.flush()
    await producer.abandon()
    return report
  }

  @Test(
    "the records that the broker names fail alone, and the others are stored in order",
    arguments: [true, false], [Compression.none, Compression(.lz4)])
  func named(isIdempotent: Bool, compression: Compression) throws {
    try simulate { simulation in
      let told = Told()
      var configuration = ProducerConfiguration()
      configuration.isIdempotent = isIdempotent
      configuration.compression = compression
      configuration.batchBytes = 700
      let report = try await Self.produce(100, withoutKey: [1, 50, 51, 100], simulation, told, configuration)
      #expect(report.acknowledged == 96 && report.failed == 4 && report.unknown == 0, "\(simulation.events.texts)")
      #expect(told.failedNumbers == [1, 50, 51, 100])
      #expect(told.failures.allSatisfy { $0.error.reason == "INVALID_RECORD: a compacted topic needs keys" })
      let single = told.failures.first { $0.numbers.first == 100 }
      #expect(single?.recordBytes == 3)
      let kept = (1...100).filter { ![1, 50, 51, 100].contains($0) }
      #expect(try await Records.stored(in: simulation.cluster) == kept.map(String.init))
      let delivered = told.deliveries.flatMap { Array($0.timestamps) }
      #expect(delivered == kept.map { 1000 + Int64($0) })
      #expect(
        told.deliveries.map(\.baseOffset)
          == told.deliveries.indices.map { index in
            told.deliveries[..<index].reduce(0) { $0 + Int64($1.recordCount) }
          })
    }
  }

  @Test("records that the broker does not name are found", arguments: [KafkaRelease.v1_1, .v0_10_2])
  func unnamed(_ release: KafkaRelease) throws {
    try simulate({ mock, _ in mock.release = release }) { simulation in
      let told = Told()
      let report = try await Self.produce(200, withoutKey: [17, 180], simulation, told)
      #expect(
        report.acknowledged == 198 && report.failed == 2 && report.unknown == 0,
        "\(told.failures) \(simulation.events.texts)")
      #expect(told.failedNumbers == [17, 180])
      #expect(told.failures.allSatisfy { $0.recordBytes != nil })
      let stored = try await Records.stored(in: simulation.cluster)
      #expect(stored == (1...200).filter { $0 != 17 && $0 != 180 }.map(String.init))
    }
  }

  @Test("a batch in which no record can be stored is not taken apart for ever")
  func nothingStored() throws {
    try simulate({ mock, _ in mock.release = .v1_1 }) { simulation in
      let told = Told()
      let report = try await Self.produce(2000, withoutKey: Set(1...2000), simulation, told)
      #expect(report.failed == 2000)
      #expect(told.failedNumbers == Array(1...2000))
      #expect(await simulation.cluster.requestCount(of: .produce) < 250)
    }
  }

  @Test("a record that is too large for the broker fails alone, with its number and size")
  func tooLarge() throws {
    try simulate({ mock, _ in mock.maximumBatchSize = 2_000 }) { simulation in
      let told = Told()
      let producer = try await simulation.client.makeProducer(.init(), onFailure: { told.note($0) })
      let topic = try await producer.topic("t", createIfMissing: true)
      producer.fill(topic) { appender in
        for (place, size) in [10, 5000, 20, 30].enumerated() {
          let value = [UInt8](repeating: 0x78, count: size)
          appender.append(
            key: nil, value: value.span.bytes, headers: .none, timestamp: 0, number: 7 + Int64(place) * 3)
        }
      }
      let report = await producer.flush()
      await producer.abandon()
      #expect(report.acknowledged == 3 && report.failed == 1)
      #expect(told.failedNumbers == [10])
      #expect(told.failures.first?.recordBytes == 5000)
      #expect(told.failures.first?.error.code == .recordTooLarge)
    }
  }

  @Test("a record with a time that the topic does not take fails alone")
  func timestamps() throws {
    try simulate { simulation in
      await simulation.cluster.configureTopic("t", "message.timestamp.before.max.ms", "1000")
      let told = Told()
      let producer = try await simulation.client.makeProducer(.init(), onFailure: { told.note($0) })
      let topic = try await producer.topic("t", createIfMissing: true)
      let now = simulation.runtime.wallClock.milliseconds
      producer.fill(topic) { appender in
        for number in Int64(1)...5 {
          let value = [UInt8(number)]
          appender.append(
            key: nil, value: value.span.bytes, headers: .none, timestamp: number == 3 ? now - 100_000 : now,
            number: number)
        }
      }
      let report = await producer.flush()
      await producer.abandon()
      #expect(report.acknowledged == 4 && report.failed == 1)
      #expect(told.failedNumbers == [3])
    }
  }
}
