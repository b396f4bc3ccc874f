import Buffers
import KafkaCLI
import KafkaCompression
import KafkaProtocol
import Testing

/// 1000 records with keys and headers, some of which need escapes and some base64 to be JSON.
enum SampleBatch {
  static let origin = RecordOrigin(
    label: PartitionLabel(topic: "orders", partition: 3), timestampType: .create, leaderEpoch: 1, highWatermark: 2000)

  /// The values come in turn.
  static let values: [[UInt8]] = [
    Array("plain text".utf8), Array("a \"quoted\" ř".utf8), [0xFF, 0x00],
    Array(#"{"a":[1,-2e3,"\u0041"],"b":{"c":1234567890.12345678}}"#.utf8),
  ]

  static func opened() throws -> OpenedBatch {
    var builder = RecordBatchBuilder(capacity: 1 << 20)
    let headers = EncodedHeaders([(name: "trace", value: [0x31] as [UInt8]?), (name: "none", value: nil)])
    let key: [UInt8] = [1, 2, 3, 4]
    for index in 0..<1000 {
      let value = values[index % values.count]
      let isAppended = builder.append(
        key: key.span.bytes, value: value.span.bytes, headers: headers, timestamp: 1_700_000_000_000 + Int64(index))
      #expect(isAppended)
    }
    var reader = RecordSetReader(builder.finish().sealed(producer: nil).bytes)
    return try BatchOpener.open(try #require(try reader.next()), limit: 1 << 20)
  }

  /// What `consume` writes of them with some options.
  static func written(as options: String) throws -> Bytes {
    let formatter = RecordFormatter(try CommandOptions.consume(options).output, style: .exact)
    let batch = try opened()
    var text = BytesBuilder()
    var records = batch.records
    while let record = try records.next() { try formatter.append(record, of: origin, to: &text) }
    return text.finish()
  }
}
