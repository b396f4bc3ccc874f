package import Buffers
import KafkaProtocol

/// The record batches of one partition in one answer, as they came: neither checked nor decompressed.
package struct FetchedRecords: Sendable {
  package var partition: TopicPartition
  /// The batches; a slice of the answer's frame.
  package var bytes: Bytes
  /// The offsets that were asked for: batches may hold records before and after them.
  package var wanted: Range<Int64>
  /// The offset that the next record of the partition will get, as of this answer.
  package var highWatermark: Int64
  /// The aborted transactions among the batches.
  var abortedTransactions: [AbortedTransactionFilter.Transaction]
  /// The memory of the answer.
  var share: FetchedMemory.Share
}
