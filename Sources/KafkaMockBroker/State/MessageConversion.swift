import Buffers
import KafkaCompression
import KafkaProtocol

/// Turns batches into runs of uncompressed messages of the formats v0 and v1, as a broker does for consumers that
/// know no newer format, and for compressed messages whose inner offsets it has to change.
enum MessageConversion {
  /// The most that a batch may have once it is decompressed.
  static let decompressionLimit = 256 << 20

  /// Writes the records of a batch as messages, each with its own offset.
  ///
  /// Headers and all that belongs to transactions are lost: the formats have no place for them.
  static func messages(of batch: RecordBatch, format: RecordFormat) throws(RecordError) -> [Bytes] {
    precondition(format != .v2)
    guard !batch.isControl else { return [] }
    let opened = try BatchOpener.open(batch, limit: decompressionLimit)
    var messages: [Bytes] = []
    var records = opened.records
    while let record = try records.next() {
      var builder = RecordBatchBuilder(format: format, capacity: 0)
      guard builder.append(key: record.key, value: record.value, timestamp: record.timestamp) else { continue }
      let message = try BatchSealer.seal(builder.finish())
      messages.append(BatchPlacement.place(message: message.bytes, offset: record.offset))
    }
    return messages
  }
}
