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
      try InputStage.prepared(
        SampleText.written(records(), as: consumeOptions), CommandOptions.produce(produceOptions).input, .read)
    }
  }
}
