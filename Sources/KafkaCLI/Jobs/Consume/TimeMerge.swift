import Buffers
import KafkaClient
import Transport

/// Writes the records of several partitions merged by time, as far as they have been fetched.
///
/// Of each partition the first record that is held takes part, so those of one partition keep their order. A partition
/// of which nothing is held is waited for, but not for long, as it may have nothing more to give: from when its last
/// record was written, and only while something comes from others.
struct TimeMerge {
  /// How many bytes of output are gathered before they are written in any case. A batch more may be held.
  private static let maximumBytes = 16 << 20
  private static let patience: Duration = .milliseconds(500)
  private static let interval: Duration = .milliseconds(10)

  private struct Head: Comparable {
    let timestamp: Int64
    let partition: Int

    static func < (left: Head, right: Head) -> Bool {
      (left.timestamp, left.partition) < (right.timestamp, right.partition)
    }
  }

  private let stream: RecordStream
  private var indexes: [TopicPartition: Int]
  private var partitions: [HeldRecords]
  /// The partitions of which something is held, by the time of its first record.
  private var heads = BinaryHeap<Head>()
  /// The partitions of which nothing is held, and that are waited for, with when that began.
  private var awaited: [Int: Instant]
  /// When something came last, from any partition.
  private var lastArrival: Instant?
  private var heldBytes = 0

  init(_ stream: RecordStream) {
    self.stream = stream
    indexes = Dictionary(stream.ranges.indices.map { (stream.ranges[$0].partition, $0) }) { first, _ in first }
    partitions = stream.ranges.map { _ in HeldRecords() }
    let now = stream.context.runtime.loop.now
    awaited = [:]
    for (index, range) in stream.ranges.enumerated() where range.end.map({ $0 > range.start }) ?? true {
      awaited[index] = now
    }
  }

  mutating func copy(to printer: inout RecordPrinter) async throws(ConsumeFailure) {
    while printer.left > 0 {
      if heads.isEmpty {
        try printer.flush()
        guard let batch = try await stream.next() else { return }
        try hold(batch, &printer)
      }
      do throws(ConsumeFailure) { try await gather(&printer) } catch {
        // What came before an error is written.
        try write(&printer, whileMoreThan: 0)
        throw error
      }
      if awaited.isEmpty, !stream.isAtEnd {
        try write(&printer) { merge in merge.awaited.isEmpty }
      } else {
        let rest = heldBytes >= Self.maximumBytes ? Self.maximumBytes / 2 : 0
        try write(&printer, whileMoreThan: rest)
      }
    }
  }

  /// Takes what is there, and waits a little for partitions of which nothing is.
  private mutating func gather(_ printer: inout RecordPrinter) async throws(ConsumeFailure) {
    let runtime = stream.context.runtime
    while heldBytes < Self.maximumBytes {
      if let batch = try stream.nextWithoutWaiting() {
        try hold(batch, &printer)
        continue
      }
      loseInterest(at: runtime.loop.now)
      guard !awaited.isEmpty, !stream.isAtEnd, !stream.isInterrupted else { return }
      try printer.flush()
      try? await runtime.sleep(for: Self.interval)
    }
  }

  /// Waits no longer for partitions that have had their time.
  private mutating func loseInterest(at now: Instant) {
    if let lastArrival, now < lastArrival + Self.patience {
      awaited = awaited.filter { now < $0.value + Self.patience }
    } else {
      awaited = [:]
    }
  }

  private mutating func hold(_ batch: KafkaRecordBatch, _ printer: inout RecordPrinter) throws(ConsumeFailure) {
    let now = stream.context.runtime.loop.now
    // What was done before the first record came was not waiting for partitions.
    if lastArrival == nil { awaited = awaited.mapValues { _ in now } }
    lastArrival = now
    let index = index(of: batch.partition)
    let records = partitions[index]
    let wasEmpty = records.isEmpty
    let before = records.byteCount
    let damage = try records.collect { buffer, keep throws(ConsumeFailure) in
      try printer.collect(batch, into: &buffer, keep)
    }
    heldBytes += records.byteCount - before
    if wasEmpty, let timestamp = records.firstTimestamp {
      heads.insert(Head(timestamp: timestamp, partition: index))
      awaited[index] = nil
    }
    if let damage { try stream.skip(batch, damage) }
  }

  /// The partition's place, which is a new one if it was added to its topic while that was read.
  private mutating func index(of partition: TopicPartition) -> Int {
    if let index = indexes[partition] { return index }
    indexes[partition] = partitions.count
    partitions.append(HeldRecords())
    return partitions.count - 1
  }

  private mutating func write(_ printer: inout RecordPrinter, whileMoreThan rest: Int) throws(ConsumeFailure) {
    try write(&printer) { $0.heldBytes > rest || rest == 0 }
  }

  /// Writes the first of what is held as long as `goesOn` says.
  private mutating func write(
    _ printer: inout RecordPrinter, while goesOn: (TimeMerge) -> Bool
  ) throws(ConsumeFailure) {
    while printer.left > 0, goesOn(self), let head = heads.popFirst() {
      let records = partitions[head.partition]
      heldBytes -= try records.writeFirst(to: &printer)
      if let timestamp = records.firstTimestamp {
        heads.insert(Head(timestamp: timestamp, partition: head.partition))
      } else {
        awaited[head.partition] = stream.context.runtime.loop.now
      }
    }
  }
}
