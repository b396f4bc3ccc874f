import Buffers
import KafkaProtocol

/// A batch that a producer has sent and that was found valid.
struct IncomingBatch: Sendable {
  let bytes: Bytes
  let format: RecordFormat
  let codec: CompressionCodec
  let recordCount: Int
  let maxTimestamp: Int64
  let producerID: Int64
  let producerEpoch: Int16
  let baseSequence: Int32

  init(_ batch: RecordBatch, bytes: Bytes, codec: CompressionCodec, recordCount: Int) {
    self.bytes = bytes
    self.format = batch.format
    self.codec = codec
    self.recordCount = recordCount
    maxTimestamp = batch.maxTimestamp
    producerID = batch.producerID
    producerEpoch = batch.producerEpoch
    baseSequence = batch.baseSequence
  }

  /// The sequence number of the last record; after 2147483647 comes 0.
  var lastSequence: Int32 { ProducerIdentity.sequence(baseSequence, advancedBy: recordCount - 1) }
}
