package import Buffers

/// A batch ready to be sent, as often as it takes.
package struct SealedBatch: Sendable {
  /// The batch as it goes on the wire.
  package let bytes: Bytes
  package let format: RecordFormat
  package let recordCount: Int
  /// What its records are compressed with: none where compression would not have shrunk them.
  package let codec: CompressionCodec

  init(bytes: Bytes, format: RecordFormat, recordCount: Int, codec: CompressionCodec) {
    self.bytes = bytes
    self.format = format
    self.recordCount = recordCount
    self.codec = codec
  }
}
