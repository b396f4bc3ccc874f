import Buffers
import KafkaProtocol

/// The log of a partition: batches in the order of their offsets, kept as bytes and never taken apart.
struct PartitionLog: Sendable {
  private(set) var batches: [StoredBatch] = []
  /// The first offset that can be fetched.
  private(set) var startOffset: Int64 = 0
  /// The offset of the next record.
  private(set) var endOffset: Int64 = 0
  /// When something was appended last, in milliseconds since 1970-01-01 UTC; -1 if never.
  private(set) var lastAppend: Int64 = -1

  /// Begins an empty log at an offset other than 0, as one from which all has been deleted.
  init(startOffset: Int64 = 0) {
    self.startOffset = startOffset
    endOffset = startOffset
  }

  /// The number of bytes of all batches.
  var byteCount: Int { batches.reduce(0) { $0 + $1.bytes.count } }

  /// Appends batches that were found valid.
  ///
  /// - Parameter appendTime: What the records' time becomes, where the topic takes the time of the broker.
  /// - Returns: The offset of the first record.
  mutating func append(
    _ incoming: [IncomingBatch], leaderEpoch: Int32, now: Int64, appendTime: Int64? = nil
  ) -> Int64 {
    let first = endOffset
    for batch in incoming {
      let base = endOffset
      let last = base + Int64(batch.recordCount) - 1
      let bytes =
        batch.format == .v2
        ? BatchPlacement.place(batch.bytes, baseOffset: base, leaderEpoch: leaderEpoch, appendTime: appendTime)
        : BatchPlacement.place(message: batch.bytes, offset: last)
      let usesAppendTime = appendTime != nil && batch.format == .v2
      batches.append(
        StoredBatch(
          bytes: bytes, format: batch.format, codec: batch.codec, baseOffset: base, lastOffset: last,
          maxTimestamp: usesAppendTime ? appendTime ?? -1 : batch.maxTimestamp, leaderEpoch: leaderEpoch))
      endOffset = last + 1
    }
    if !incoming.isEmpty { lastAppend = now }
    return first
  }

  /// Deletes all records below an offset; a batch that has others too stays whole, as on a broker.
  mutating func deleteRecords(before offset: Int64) {
    startOffset = min(max(offset, startOffset), endOffset)
    batches.removeAll { $0.lastOffset < startOffset }
  }

  /// Changes the last byte of the batch that has the offset, as a disk that fails does; its checksum is wrong from now
  /// on.
  mutating func damage(at offset: Int64) {
    let place = index(of: offset)
    guard place < batches.count else { return }
    let batch = batches[place]
    var bytes = batch.bytes.array
    bytes[bytes.count - 1] ^= 0xFF
    batches[place] = StoredBatch(
      bytes: Bytes(copying: bytes), format: batch.format, codec: batch.codec, baseOffset: batch.baseOffset,
      lastOffset: batch.lastOffset, maxTimestamp: batch.maxTimestamp, leaderEpoch: batch.leaderEpoch)
  }

  /// Takes the batch that has the offset away, as compaction does; the end of the log stays where it is.
  mutating func compact(at offset: Int64) {
    let place = index(of: offset)
    if place < batches.count { batches.remove(at: place) }
  }

  /// Forgets all records from an offset on, as a replica does that was ahead of the new leader.
  mutating func truncate(to offset: Int64) {
    batches.removeAll { $0.lastOffset >= offset }
    endOffset = max(batches.last.map { $0.lastOffset + 1 } ?? startOffset, startOffset)
  }

  /// The place of the batch that has the offset, or of the first behind it.
  func index(of offset: Int64) -> Int {
    var low = 0
    var high = batches.count
    while low < high {
      let middle = (low + high) / 2
      if batches[middle].lastOffset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
