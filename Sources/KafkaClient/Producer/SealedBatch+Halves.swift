import KafkaCompression
import KafkaProtocol

extension SealedBatch {
  /// Takes a batch apart into two of about half the bytes each, or nil when it has only one record.
  ///
  /// Costs decompressing it and building both anew; a broker asks for it rarely, by refusing a batch as too large.
  func halves() throws(RecordError) -> (first: DraftBatch, second: DraftBatch)? {
    guard recordCount > 1 else { return nil }
    var reader = RecordSetReader(bytes)
    guard let batch = try reader.next() else { return nil }
    return try BatchOpener.open(batch, limit: Int(Int32.max)).split()
  }
}
