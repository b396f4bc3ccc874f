import Buffers
import KafkaCLI
import KafkaCompression
import KafkaProtocol

/// The stages that run on one thread one behind the other: from a block of input to the batches of partitions, and from
/// what was fetched to what is written. Bytes are those of keys and values, and of the output.
extension Suite {
  static let paths = [
    produce("produce-lines", SampleRecord.records(10_000)),
    produce("produce-lines-keyed", SampleRecord.records(10_000, hasKeys: true), written: #"-K \t"#, read: #"-K \t"#),
    produce("produce-json", SampleRecord.records(10_000, hasKeys: true), written: "-J", read: "-i json"),
    consume("consume-lines", SampleRecord.records(10_000)),
    consume("consume-lines-lz4", SampleRecord.records(10_000), codec: .lz4),
    consume("consume-format", SampleRecord.records(10_000, hasKeys: true), #"-f %t_%p_%o_%T_%k_%s\n"#),
    consume("consume-json", SampleRecord.records(10_000, hasKeys: true), "-J"),
  ]

  private static func produce(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord],
    written consumeOptions: String = "",
    read produceOptions: String = ""
  ) -> Benchmark {
    Benchmark("path/\(name)") {
      try InputStage.prepared(
        SampleText.written(records(), as: consumeOptions), CommandOptions.produce(produceOptions).input, .append)
    }
  }

  private static func consume(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord], _ options: String = "",
    codec: CompressionCodec = .none
  ) -> Benchmark {
    Benchmark(
      "path/\(name)",
      prepare: {
        FetchedState(
          formatter: RecordFormatter(try CommandOptions.consume(options).output, style: .exact),
          fetched: try SampleBatch.received(records(), codec: codec).bytes)
      },
      repeating: { state in
        state.buffer.truncate(to: 0)
        let origin = RecordOrigin.sample
        var count = 0
        var reader = RecordSetReader(state.fetched)
        while let batch = try reader.next() {
          let opened = try BatchOpener.open(batch, limit: SampleBatch.limit)
          var records = opened.records
          while let record = try records.next() {
            try state.formatter.append(record, of: origin, to: &state.buffer)
            count += 1
          }
        }
        return Work(items: count, bytes: state.buffer.count)
      })
  }
}

private struct FetchedState: ~Copyable {
  let formatter: RecordFormatter
  let fetched: Bytes
  var buffer = BytesBuilder(capacity: 1 << 22)
}
