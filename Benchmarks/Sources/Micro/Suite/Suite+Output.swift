import Buffers
import KafkaCLI
import KafkaProtocol

/// Records chosen and written in each form. Bytes are those of a record's value for filters, and what is written of it
/// for forms of output.
extension Suite {
  static let filter = [
    filter("offset", "offset>=500"),
    filter("key-equals", "key=key-500000"),
    filter("value-contains", "value*=quick"),
    filter("value-matches", "value~'q[a-z]+k$'"),
    filter("header-equals", "header.trace-1=17"),
    filter("json-number", "value.status>=500", of: .json),
    filter("json-nested", "value.user.id=17 or value.level=warn", of: .json),
  ]

  static let output = [
    output("lines", SampleRecord.records(1000)),
    output("lines-10B", SampleRecord.records(1000, size: 10)),
    output("lines-1KiB", SampleRecord.records(1000, size: 1024)),
    output("lines-keyed", SampleRecord.records(1000, hasKeys: true), #"-K \t"#),
    output("length", SampleRecord.records(1000, hasKeys: true), "--output length -K :"),
    output("format", SampleRecord.records(1000, hasKeys: true), #"-f %t_%p_%o_%T_%k_%s\n"#),
    output("format-value", SampleRecord.records(1000), #"-f %s\n"#),
    output("format-iso", SampleRecord.records(1000), #"-f %T{iso}_%s\n"#),
    output("format-local-time", SampleRecord.records(1000), #"-f %T{%F-%H:%M:%S.%3N}_%s\n"#),
    output("format-headers", SampleRecord.records(1000, headers: 2), #"-f %h_%s\n"#),
    output("format-one-header", SampleRecord.records(1000, headers: 2), #"-f %h{trace-1}_%s\n"#),
    output("format-hex", SampleRecord.records(1000), #"-f %s{hex}\n"#),
    output("format-base64", SampleRecord.records(1000), #"-f %s{base64}\n"#),
    output("format-json", SampleRecord.records(1000), #"-f %s{json}\n"#),
    output("json", SampleRecord.records(1000), "-J"),
    output("json-keyed", SampleRecord.records(1000, hasKeys: true), "-J"),
    output("json-headers", SampleRecord.records(1000, hasKeys: true, headers: 2), "-J"),
    output("json-escapes", SampleRecord.records(1000, of: .textWithEscapes), "-J"),
    output("json-base64", SampleRecord.records(1000, of: .bytes), "-J"),
    output("json-embedded", SampleRecord.records(1000, of: .json), "-J --value-json"),
  ]

  private static func filter(_ name: String, _ expression: String, of content: SampleRecord.Content = .words)
    -> Benchmark
  {
    Benchmark(
      "filter/\(name)",
      prepare: {
        FilterState(
          matcher: FilterMatcher(try RecordFilter(parsing: [Array(expression.utf8)])),
          batch: try SampleBatch.opened(SampleRecord.records(1000, of: content, hasKeys: true, headers: 2)))
      },
      repeating: { state in
        var work = Work(items: 0, bytes: 0)
        let batch = state.batch
        var records = batch.records
        while let record = try records.next() {
          work.items += 1
          work.bytes += record.value?.byteCount ?? 0
          if state.matcher.matches(record, topic: state.topic, partition: 3) { state.passed += 1 }
        }
        return work
      })
  }

  /// Writes what `consume` writes of the records with these options.
  private static func output(
    _ name: String, _ records: @autoclosure @escaping @Sendable () -> [SampleRecord], _ options: String = ""
  ) -> Benchmark {
    Benchmark(
      "output/\(name)",
      prepare: {
        OutputState(
          formatter: RecordFormatter(try CommandOptions.consume(options).output, style: .exact),
          batch: try SampleBatch.opened(records()))
      },
      repeating: { state in
        state.buffer.truncate(to: 0)
        let origin = RecordOrigin.sample
        var count = 0
        let batch = state.batch
        var records = batch.records
        while let record = try records.next() {
          try state.formatter.append(record, of: origin, to: &state.buffer)
          count += 1
        }
        return Work(items: count, bytes: state.buffer.count)
      })
  }
}

private struct FilterState {
  var matcher: FilterMatcher
  let batch: OpenedBatch
  let topic = Bytes(utf8: "orders")
  var passed = 0
}

private struct OutputState: ~Copyable {
  let formatter: RecordFormatter
  let batch: OpenedBatch
  var buffer = BytesBuilder(capacity: 1 << 22)
}
