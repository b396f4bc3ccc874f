import Buffers
import KafkaCLI
import KafkaProtocol

extension SampleText {
  /// What `consume` writes of records.
  static func written(_ records: [SampleRecord], as options: String) throws -> Bytes {
    let formatter = RecordFormatter(try CommandOptions.consume(options).output, style: .exact)
    let batch = try SampleBatch.opened(records)
    var text = BytesBuilder()
    var views = batch.records
    while let record = try views.next() { try formatter.append(record, of: .sample, to: &text) }
    return text.finish()
  }
}

extension RecordOrigin {
  static let sample = RecordOrigin(
    label: PartitionLabel(topic: "orders", partition: 3), timestampType: .create, leaderEpoch: 1,
    highWatermark: 1_000_000)
}
