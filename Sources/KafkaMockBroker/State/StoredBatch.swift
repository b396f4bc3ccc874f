import Buffers
import KafkaProtocol

/// A batch of a partition's log: the bytes that are on the disk of a broker, and what its index knows of them.
///
/// Of the formats v0 and v1 it is one message, compressed or not.
struct StoredBatch: Sendable {
  let bytes: Bytes
  let format: RecordFormat
  let codec: CompressionCodec
  let baseOffset: Int64
  let lastOffset: Int64
  /// The highest timestamp of its records, or -1.
  let maxTimestamp: Int64
  /// The epoch of the leader that appended it.
  let leaderEpoch: Int32

  /// The batch as the record codec sees it.
  func recordBatch() throws(RecordError) -> RecordBatch {
    var reader = RecordSetReader(bytes)
    guard let batch = try reader.next() else { throw .badBatchLength(Int32(clamping: bytes.count)) }
    return batch
  }
}
