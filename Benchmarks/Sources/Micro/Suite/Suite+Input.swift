import Buffers
import KafkaCLI

/// Input to fields: one block, cut into records of every form. Bytes are those of keys and values.
extension Suite {
  static let input = [
    input("lines", SampleRecord.records(1000)),
    input("lines-10B", SampleRecord.records(1000, size: 10)),
    input("lines-1KiB", SampleRecord.records(1000, size: 1024)),
    input("lines-keyed", SampleRecord.records(1000, hasKeys: true), written: #"-K \t"#, read: #"-K \t"#),
    input("lines-null", SampleRecord.records(1000, hasKeys: true), written: #"-K \t"#, read: #"-K \t -Z --null NULL"#),
    input(
      "lines-long-delimiters", SampleRecord.records(1000, hasKeys: true), written: #"-D \r\n -K ::"#,
      read: #"-D \r\n -K ::"#),
    input("length", SampleRecord.records(1000), written: "--output length", read: "-i length"),
    input(
      "length-keyed", SampleRecord.records(1000, hasKeys: true), written: "--output length -K :",
      read: "-i length -K :"),
    input("raw", per: "file", SampleRecord.records(1, size: 1 << 16), written: "--output raw", read: "-i raw"),
    input("json", SampleRecord.records(1000, hasKeys: true), written: "-J", read: "-i json"),
    input("json-headers", SampleRecord.records(1000, hasKeys: true, headers: 2), written: "-J", read: "-i json"),
    input("json-escapes", SampleRecord.records(1000, of: .textWithEscapes), written: "-J", read: "-i json"),
    input("json-base64", SampleRecord.records(1000, of: .bytes), written: "-J", read: "-i json"),
    input("json-embedded", SampleRecord.records(1000, of: .json), written: "-J --value-json", read: "-i json"),
    format("format-key-value", #"%k:%s\n"#),
    format("format-lengths", "%K,%S,%k%s"),
    format("format-headers", #"%T_%p_%h_%k=%s\n"#),
    format("format-iso", #"%T{iso}_%s\n"#),
    format("format-hex", #"%s{hex}\n"#),
    format("format-base64", #"%s{base64}\n"#),
  ]

  private static func format(_ name: String, _ format: String) -> Benchmark {
    input(name, SampleRecord.records(1000, hasKeys: true, headers: 2), written: "-f \(format)", read: "-f \(format)")
  }

  /// Reads with some options of `produce` what `consume` writes with others.
  private static func input(
    _ name: String, per unit: String = "record", _ records: @autoclosure @escaping @Sendable () -> [SampleRecord],
    written consumeOptions: String = "", read produceOptions: String = ""
  ) -> Benchmark {
    Benchmark("input/\(name)", per: unit) {
      let block = try SampleText.written(records(), as: consumeOptions)
      let limit = 1 << 24
      return switch try CommandOptions.produce(produceOptions).input {
      case .lines(let rules, let delimiter): stage(LineReader(rules, delimiter: delimiter, limit: limit), block)
      case .raw(let rules): stage(RawReader(rules, limit: limit), block)
      case .length(let hasKeys, let key):
        stage(LengthReader(hasKeys: hasKeys, defaultKey: key, limit: limit), block)
      case .format(let format, let rules): stage(FormatReader(format, rules: rules, limit: limit), block)
      case .json(let key): stage(JSONReader(defaultKey: key, limit: limit), block)
      }
    }
  }

  private static func stage<Reader: InputRecordReader & ~Copyable>(
    _ reader: consuming Reader, _ block: Bytes
  ) -> any Stage {
    PreparedStage(state: InputState(reader: reader, block: block)) { state in try state.readAll() }
  }
}

/// A reader, and the file that it is given each time.
private struct InputState<Reader: InputRecordReader & ~Copyable>: ~Copyable {
  var reader: Reader
  let block: Bytes

  mutating func readAll() throws -> Work {
    var work = Work(items: 0, bytes: 0)
    reader.begin()
    reader.feed(block)
    while true {
      switch reader.advance() {
      case .record: count(&work)
      case .needsInput: return try finish(work)
      case let step: throw BenchmarkError.badSample("\(step)")
      }
    }
  }

  /// Takes what a file ends with, which only some forms have.
  private mutating func finish(_ work: Work) throws -> Work {
    var work = work
    switch reader.finish() {
    case .record: count(&work)
    case .needsInput: break
    case let step: throw BenchmarkError.badSample("\(step)")
    }
    return work
  }

  private func count(_ work: inout Work) {
    let fields = reader.fields
    work.items += 1
    work.bytes += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
  }
}
