import Buffers
import KafkaProtocol
import Synchronization
import Testing
import Transport

@testable import KafkaClient

@Suite("Where appending and sending meet", .timeLimit(.minutes(1)))
struct AccumulatorTests {
  private static let now = Instant(nanoseconds: 0)
  private static let value: [UInt8] = Array(repeating: 0x61, count: 100)

  private func accumulator(partitions: Int) -> (Accumulator, TopicIndex) {
    let accumulator = Accumulator(limit: nil)
    let topic = accumulator.add { index in
      TopicAppender(
        topic: index, name: "t", partitions: partitions, format: .v2, batchBytes: 1000,
        chooser: PartitionChooser(.roundRobin, entropy: FixedEntropy()), keepsTimestamps: false)
    }
    return (accumulator, topic)
  }

  private func append(_ count: Int, to topic: TopicIndex, of accumulator: Accumulator) -> Bool {
    accumulator.fill(topic, now: Self.now) { appender in
      for _ in 0..<count { appender.append(key: nil, value: Self.value.span.bytes, headers: .none, timestamp: 0) }
    }
  }

  private func take(
    _ topic: TopicIndex, of accumulator: Accumulator, flushing: Bool = false
  ) -> Accumulator.Taken {
    accumulator.take(
      PartitionReference(topic: topic, partition: 0), now: Self.now, linger: .milliseconds(5), flushing: flushing)
  }

  @Test("full batches are taken in order, and the open one when it is due")
  func order() throws {
    let (accumulator, topic) = accumulator(partitions: 1)
    #expect(append(20, to: topic, of: accumulator))
    #expect(!append(1, to: topic, of: accumulator), "the producer is called once")
    var numbers: [Int64] = []
    while case .batch(let full) = take(topic, of: accumulator) { numbers += full.marks.numbers }
    guard case .notBefore(let due) = take(topic, of: accumulator) else { throw Missing() }
    #expect(due == Self.now + .milliseconds(5))
    while case .batch(let full) = take(topic, of: accumulator, flushing: true) { numbers += full.marks.numbers }
    #expect(numbers == Array(1...21))
    guard case .nothing = take(topic, of: accumulator, flushing: true) else { throw Missing() }
  }

  @Test("while records are appended, full batches are taken, and the open one is looked at a little later")
  func busy() throws {
    let (accumulator, topic) = accumulator(partitions: 1)
    _ = append(20, to: topic, of: accumulator)
    var full = 0
    var later: Instant?
    _ = accumulator.fill(topic, now: Self.now) { appender in
      appender.append(key: nil, value: Self.value.span.bytes, headers: .none, timestamp: 0)
      while case .batch = take(topic, of: accumulator, flushing: true) { full += 1 }
      if case .notBefore(let instant) = take(topic, of: accumulator, flushing: true) { later = instant }
    }
    #expect(full == 2)
    #expect(later == Self.now + .milliseconds(1))
  }

  @Test("giving up takes everything, of each partition in order")
  func everything() {
    let (accumulator, topic) = accumulator(partitions: 3)
    _ = append(100, to: topic, of: accumulator)
    var numbers: [Int32: [Int64]] = [:]
    for (reference, full) in accumulator.takeAll() { numbers[reference.partition, default: []] += full.marks.numbers }
    #expect(numbers.values.reduce(0) { $0 + $1.count } == 100)
    for numbers in numbers.values { #expect(numbers == numbers.sorted()) }
    #expect(accumulator.takeAll().isEmpty)
  }

  private struct Missing: Error {}
}
