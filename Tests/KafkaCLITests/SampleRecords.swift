import Buffers
import KafkaCLI
import KafkaCompression
import KafkaProtocol
import Testing

/// A record to be written by the tests, through a batch as a broker sends it.
struct SampleRecord {
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [(name: String, value: [UInt8]?)] = []
  var timestamp: Int64 = 1_700_000_000_000

  init(key: String? = nil, value: String? = nil, headers: [(name: String, value: [UInt8]?)] = []) {
    self.key = key.map { Array($0.utf8) }
    self.value = value.map { Array($0.utf8) }
    self.headers = headers
  }

  init(value: [UInt8]) { self.value = value }

  /// The record's batch, in which it has the offset 0.
  func batch() throws -> OpenedBatch {
    var builder = RecordBatchBuilder(capacity: 1 << 20)
    let headers = EncodedHeaders(headers)
    let fits =
      switch (key, value) {
      case (nil, nil): builder.append(key: nil, value: nil, headers: headers, timestamp: timestamp)
      case (nil, let value?): builder.append(key: nil, value: value.span.bytes, headers: headers, timestamp: timestamp)
      case (let key?, nil): builder.append(key: key.span.bytes, value: nil, headers: headers, timestamp: timestamp)
      case (let key?, let value?):
        builder.append(key: key.span.bytes, value: value.span.bytes, headers: headers, timestamp: timestamp)
      }
    try #require(fits)
    var reader = RecordSetReader(builder.finish().sealed(producer: nil).bytes)
    return try BatchOpener.open(try #require(try reader.next()), limit: 1 << 20)
  }

  /// What a formatter makes of the record as one of partition 3 of the topic `orders`, which has had 17 records.
  func formatted(
    _ output: RecordOutput, style: TerminalStyle = .exact, type: TimestampType = .create
  ) throws -> [UInt8] {
    let formatter = RecordFormatter(output, style: style)
    let origin = RecordOrigin(
      label: PartitionLabel(topic: "orders", partition: 3), timestampType: type, leaderEpoch: 5, highWatermark: 17)
    let batch = try batch()
    var buffer = BytesBuilder()
    var records = batch.records
    while let record = try records.next() {
      try formatter.append(record, of: origin, to: &buffer)
    }
    return buffer.finish().array
  }

  func text(_ output: RecordOutput, style: TerminalStyle = .exact, type: TimestampType = .create) throws -> String {
    String(decoding: try formatted(output, style: style, type: type), as: UTF8.self)
  }
}
