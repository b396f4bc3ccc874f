import KafkaClient
import KafkaProtocol

/// How far reading is: in records where their number is given, otherwise in offsets of the partitions that were seen.
///
/// Offsets are what brokers say: their sums stay at the ends of what 64 bits hold.
struct ConsumeProgress {
  /// A partition: its next offset, and the one before which reading ends.
  private struct Position {
    var next: Int64
    var end: Int64
  }

  private let meter: ProgressMeter
  private let count: Int64?
  private let stopsAtEnd: Bool
  private let ranges: [TopicPartition: PartitionRange]
  private var positions: [TopicPartition: Position] = [:]

  /// - Returns: Nothing where no progress is told.
  init?(_ ranges: [PartitionRange], count: Int64?, stopsAtEnd: Bool, isAsked: Bool, _ context: JobContext) {
    let hasEnd = count != nil || stopsAtEnd || ranges.allSatisfy { $0.end != nil }
    guard let meter = ProgressMeter(context, isAsked: isAsked, hasEnd: hasEnd) else { return nil }
    self.meter = meter
    self.count = count
    self.stopsAtEnd = stopsAtEnd
    self.ranges = Dictionary(ranges.map { ($0.partition, $0) }) { first, _ in first }
    // What of each partition there is to read is known at once where the end is given.
    if count == nil, ranges.allSatisfy({ $0.end != nil }) {
      let total = ranges.reduce(Int64(0)) { sum, range in
        sum.adding(clamping: max((range.end ?? 0).subtracting(clamping: range.start), 0))
      }
      meter.update { $0.total = total }
    }
  }

  /// Says that the records of a batch were written.
  ///
  /// - Parameters:
  ///   - records: The number of all records so far.
  ///   - bytes: The number of all bytes of output so far.
  mutating func wrote(_ batch: KafkaRecordBatch, records: Int64, bytes: Int64) {
    var (advance, growth) = (Int64(0), Int64(0))
    if count == nil, let range = ranges[batch.partition] {
      var position = positions[batch.partition] ?? Position(next: range.start, end: range.end ?? range.start)
      let next = min(batch.opened.batch.nextOffset, batch.wanted.upperBound)
      advance = max(next.subtracting(clamping: position.next), 0)
      position.next = max(next, position.next)
      if range.end == nil, stopsAtEnd, batch.highWatermark > position.end {
        growth = batch.highWatermark.subtracting(clamping: position.end)
        position.end = batch.highWatermark
      }
      positions[batch.partition] = position
    }
    meter.update { work in
      work.records = records
      work.bytes = bytes
      work.done = count == nil ? work.done.adding(clamping: advance) : records
      if let count {
        work.total = count
      } else if growth > 0 {
        work.total = (work.total ?? 0).adding(clamping: growth)
      }
    }
  }

  func stop() { meter.stop() }
}
