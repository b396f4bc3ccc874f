package import KafkaProtocol
import Transport

/// Appends records to the open batches of one topic's partitions.
///
/// Given out by ``KafkaProducer/fill(_:_:)`` for the length of a call, under the accumulator's lock of open batches. A
/// value, so that what changes with each record is not checked for exclusive access each time.
package struct TopicAppender {
  let topic: TopicIndex
  let name: String
  /// The partitions that there are, and those that there were: a record may still be meant for one of them.
  private(set) var slots: PartitionSlots
  /// The number of partitions that the topic has, as the newest metadata tells it.
  package private(set) var partitionCount: Int
  private let format: RecordFormat
  private(set) var batchBytes: Int
  private var chooser: PartitionChooser
  /// The present, as the caller of `fill` took it.
  var now = Instant(nanoseconds: 0)
  /// How much memory there was when `fill` was called that batches may take before appending waits.
  var room = Int.max
  private let keepsTimestamps: Bool
  /// What was appended and ended since the accumulator last looked.
  private var progress = Progress()
  private var lastNumber: Int64 = 0
  /// How much memory the partitions share that have had no batch yet.
  private static let initialBytes = 4 << 20
  /// The least memory that a batch begins with.
  private static let minimumBatchMemory = 1 << 10

  package init(
    topic: TopicIndex, name: String, partitions: Int, format: RecordFormat, batchBytes: Int, chooser: PartitionChooser,
    keepsTimestamps: Bool
  ) {
    self.topic = topic
    self.name = name
    self.format = format
    self.batchBytes = batchBytes
    self.chooser = chooser
    self.keepsTimestamps = keepsTimestamps
    slots = PartitionSlots(count: partitions)
    partitionCount = partitions
  }

  /// Copies one record into the open batch of its partition.
  ///
  /// - Parameters:
  ///   - partition: The partition, which must be one that the topic has or had, or nil to choose it by the key.
  ///   - timestamp: Milliseconds since 1970-01-01 UTC.
  ///   - number: What the record is called by when it is not stored; otherwise it is one above the last one's.
  /// - Complexity: O(*n*) in the record's bytes; allocates only when a batch begins or ends.
  package mutating func append(
    key: RawSpan?, value: RawSpan?, headers: EncodedHeaders, timestamp: Int64, partition: Int32? = nil,
    number: Int64? = nil
  ) {
    let index = partition.map(Int.init) ?? chooser.partition(forKey: key, count: partitionCount)
    let number = number ?? lastNumber + 1
    lastNumber = number
    if let growth = slots[index].append(key: key, value: value, headers: headers, timestamp: timestamp, number: number)
    {
      return progress.appended(growth)
    }
    if let full = end(index) { progress.ended.append((Int32(index), full)) }
    begin(index)
    guard
      let growth = slots[index].append(key: key, value: value, headers: headers, timestamp: timestamp, number: number)
    else { preconditionFailure("the first record of a batch always fits") }
    progress.appended(growth)
  }

  /// Ends the open batch of a partition, if there is one, and lets records without a key go elsewhere.
  mutating func end(_ partition: Int) -> FullBatch? {
    guard let full = slots[partition].close() else { return nil }
    chooser.batchEnded(partition)
    return full
  }

  /// What has happened since the last call.
  mutating func takeProgress() -> Progress {
    defer { progress = Progress() }
    return progress
  }

  /// What appending has led to.
  struct Progress {
    private(set) var bytes = 0
    private(set) var records = 0
    /// Batches that take no more records, in order.
    fileprivate(set) var ended: [(partition: Int32, batch: FullBatch)] = []
    /// The partitions that have a new batch.
    fileprivate(set) var begun: [Int32] = []

    fileprivate mutating func appended(_ growth: Int) {
      bytes += growth
      records += 1
    }
  }

  /// Makes batches smaller from now on: the broker has refused one as too large.
  mutating func limitBatches(to bytes: Int) { batchBytes = min(batchBytes, bytes) }

  /// Uses so many partitions from now on. Keys are spread over all of them, as Java does it.
  mutating func setPartitionCount(_ count: Int) {
    slots.grow(to: count)
    partitionCount = count
    for index in count..<slots.count {
      if let full = end(index) { progress.ended.append((Int32(index), full)) }
    }
  }

  /// Begins a batch with memory for what the last one had, as long as there is room for that, and a partition's first
  /// with an even share: with a thousand partitions a batch has a few records, and with one it will be full.
  private mutating func begin(_ index: Int) {
    let share = Self.initialBytes / slots.count
    let affordable = max(share, room - progress.bytes)
    let expected = max(min(slots[index].expectedBytes ?? share, affordable), Self.minimumBatchMemory)
    // Of few sizes, so that batches take each other's memory.
    let reserved = 1 << (Int.bitWidth - (expected - 1).leadingZeroBitCount)
    let builder = RecordBatchBuilder(format: format, capacity: batchBytes, reserving: reserved)
    slots[index].begin(OpenBatch(builder, keepsTimestamps: keepsTimestamps, at: now))
    progress.begun.append(Int32(index))
  }
}

/// Numbers the topics of one producer, so that records need not look them up by name.
package struct TopicIndex: Hashable, Sendable {
  var number: Int

  package init(number: Int) { self.number = number }
}
