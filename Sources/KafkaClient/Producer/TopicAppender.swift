package import KafkaProtocol
import Transport

/// Appends records to the open batches of one topic's partitions.
///
/// Given out by ``KafkaProducer/fill(_:_:)`` for the length of a call, under the accumulator's lock.
package final class TopicAppender {
  let topic: TopicIndex
  let name: String
  let slots: [PartitionSlot]
  private let format: RecordFormat
  private(set) var batchBytes: Int
  private var chooser: PartitionChooser
  /// The present, as the caller of `fill` took it.
  var now = Instant(nanoseconds: 0)
  /// Bytes and records appended and partitions touched since the accumulator last looked.
  var appendedBytes = 0
  var appendedRecords = 0
  var touched: [PartitionSlot] = []
  /// The number of the last record.
  private var lastNumber: Int64 = 0

  init(
    topic: TopicIndex, name: String, partitions: Int, format: RecordFormat, batchBytes: Int, chooser: PartitionChooser,
    keepsTimestamps: Bool
  ) {
    self.topic = topic
    self.name = name
    self.format = format
    self.batchBytes = batchBytes
    self.chooser = chooser
    slots = (0..<Int32(partitions)).map { PartitionSlot(partition: $0, keepsTimestamps: keepsTimestamps) }
  }

  /// Copies one record into the open batch of its partition.
  ///
  /// - Parameters:
  ///   - partition: The partition, which must be one of the topic's, or nil to choose it by the key.
  ///   - timestamp: Milliseconds since 1970-01-01 UTC.
  ///   - number: What the record is called by when it is not stored; otherwise it is one above the last one's.
  /// - Complexity: O(*n*) in the record's bytes; allocates only when a batch begins or ends.
  package func append(
    key: RawSpan?, value: RawSpan?, headers: EncodedHeaders, timestamp: Int64, partition: Int32? = nil,
    number: Int64? = nil
  ) {
    let index = partition.map(Int.init) ?? chooser.partition(forKey: key, count: slots.count)
    let slot = slots[index]
    if slot.open == nil { begin(slot) }
    var fits = slot.open?.append(key: key, value: value, headers: headers, timestamp: timestamp) ?? false
    if !fits {
      slot.close()
      chooser.batchEnded(index)
      begin(slot)
      fits = slot.open?.append(key: key, value: value, headers: headers, timestamp: timestamp) ?? false
    }
    precondition(fits, "the first record of a batch always fits")
    lastNumber = number ?? lastNumber + 1
    slot.mark(number: lastNumber, timestamp: format == .v0 ? -1 : timestamp)
    appendedBytes += slot.countOpenBytes()
    appendedRecords += 1
  }

  /// Makes batches smaller from now on: the broker has refused one as too large.
  func limitBatches(to bytes: Int) { batchBytes = min(batchBytes, bytes) }

  /// Lets records without a key go elsewhere: their batch has left.
  func batchLeft(_ partition: Int) { chooser.batchEnded(partition) }

  private func begin(_ slot: PartitionSlot) {
    slot.open = RecordBatchBuilder(format: format, capacity: batchBytes)
    slot.openedAt = now
    touch(slot)
  }

  private func touch(_ slot: PartitionSlot) {
    guard !slot.isListed else { return }
    slot.isListed = true
    touched.append(slot)
  }
}

/// Numbers the topics of one producer, so that records need not look them up by name.
package struct TopicIndex: Hashable, Sendable {
  var number: Int
}
