import Buffers
import KafkaCompression
import KafkaProtocol

/// Batches of the samples as they come from a broker.
enum SampleBatch {
  static let limit = 1 << 28

  /// A batch whose header has been read.
  static func received(
    _ records: [SampleRecord], format: RecordFormat = .v2, codec: CompressionCodec = .none
  ) throws -> RecordBatch {
    let sealed = try BatchSealer.seal(SampleRecord.draft(records, format: format), compression: Compression(codec))
    guard sealed.codec == codec else { throw BenchmarkError.badSample("\(codec.name) does not shrink it") }
    var reader = RecordSetReader(sealed.bytes)
    guard let batch = try reader.next() else { throw BenchmarkError.badSample("no batch") }
    return batch
  }

  /// A batch whose records can be read.
  static func opened(_ records: [SampleRecord], format: RecordFormat = .v2) throws -> OpenedBatch {
    try BatchOpener.open(received(records, format: format), limit: limit)
  }
}
