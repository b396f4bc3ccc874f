import Buffers
import FoundationEssentials
import KafkaCLI
import KafkaProtocol
import Testing

@Suite("Writing of records")
struct RecordFormatterTests {
  private func format(_ text: String, null: String? = nil) throws -> RecordOutput {
    .format(try FormatProgram(parsing: Array(text.utf8)), null: null.map { Bytes(utf8: $0) })
  }

  private func plain(key: String? = nil, delimiter: String = "\n", null: String? = nil) -> RecordOutput {
    .text(
      keyDelimiter: key.map { Bytes(utf8: $0) }, delimiter: Bytes(utf8: delimiter), null: null.map { Bytes(utf8: $0) })
  }

  @Test("a value is followed by the delimiter, and preceded by the key when that has one")
  func text() throws {
    let record = SampleRecord(key: "k", value: "v")
    #expect(try record.text(plain()) == "v\n")
    #expect(try record.text(plain(key: ": ", delimiter: "")) == "k: v")
  }

  @Test("null is nothing, or the string asked for")
  func null() throws {
    #expect(try SampleRecord().text(plain(key: ":")) == ":\n")
    #expect(try SampleRecord(key: "k").text(plain(key: ":", null: "NULL")) == "k:NULL\n")
    #expect(try SampleRecord(value: "").text(plain(null: "NULL")) == "\n")
  }

  @Test("all bytes of a value are written as they are")
  func exactBytes() throws {
    let value = (0...255).map { UInt8($0) }
    #expect(try SampleRecord(value: value).formatted(plain(delimiter: "")) == value)
  }

  @Test(
    "each token stands for a part of the record",
    arguments: [
      ("%s", "value"), ("%k", "key"), ("%t", "orders"), ("%p", "3"), ("%o", "0"), ("%T", "1700000000000"), ("%S", "5"),
      ("%K", "3"), ("%R", "\0\0\0\u{05}"), ("%%", "%"), ("%h", "a=1,b=NULL,a=2"), ("%h{a}", "2"), ("%h{b}", ""),
      ("%h{c}", ""), ("%T{iso}", "2023-11-14T22:13:20.000Z"), ("%s{hex}", "76616c7565"), ("%s{base64}", "dmFsdWU="),
      ("%k{base64}", "a2V5"), ("%E", "5"), ("%w", "17"), ("%s{json}", "\"value\""), (#"%h{\x61}"#, "2"),
      (#"a\tb\n\\\x41"#, "a\tb\n\\A"), ("", ""),
      ("%t[%p] at %o: %k=%s\\n", "orders[3] at 0: key=value\n"),
      ("ř%sř", "řvalueř"), ("%%s", "%s"),
    ])
  func tokens(format: String, expected: String) throws {
    let record = SampleRecord(key: "key", value: "value", headers: [("a", [0x31]), ("b", nil), ("a", [0x32])])
    #expect(try record.text(self.format(format)) == expected)
  }

  @Test(
    "numbers are written with all their digits",
    arguments: [
      0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 1010, 99_999, 100_000, 1_234_567, 999_999_999_999_999_999,
      1_000_000_000_000_000_000, .max, -1, -9, -10, -99, -100, -1000, -1_234_567, .min,
    ] as [Int64])
  func digits(number: Int64) throws {
    let record = SampleRecord(value: withUnsafeBytes(of: number.bigEndian) { Array($0) })
    #expect(try record.text(format("%s{i64} %s{u64}")) == "\(number) \(UInt64(bitPattern: number))")
  }

  @Test("S44: null has the length -1 and no text")
  func nullTokens() throws {
    #expect(try SampleRecord().text(format("%S %K [%s] [%k{hex}] %h")) == "-1 -1 [] [] ")
    #expect(try SampleRecord().formatted(format("%R")) == [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(try SampleRecord().text(format("%s %k{hex}", null: "~")) == "~ ~")
  }

  @Test(
    "times are written in UTC, whatever their year",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"), (-2, "1969-12-31T23:59:59.998Z"),
      (1_709_164_800_001, "2024-02-29T00:00:00.001Z"), (-1, ""), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "+10000-01-01T00:00:00.000Z"), (.max, "+292278994-08-17T07:12:55.807Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
      (.min, "-292275055-05-16T16:47:04.192Z"),
    ] as [(Int64, String)])
  func times(milliseconds: Int64, expected: String) throws {
    var record = SampleRecord()
    record.timestamp = milliseconds
    #expect(try record.text(format("%T{iso}")) == expected)
  }

  @Test(
    "an unknown token is refused with a caret below it",
    arguments: [
      ("%x", 0), ("%s %", 3), ("ř%q", 1), ("%s{json", 2), ("%s{what}", 0), ("%h{}", 0), ("%t{hex}", 0),
      (#"%s\q"#, 2), ("%s{i24}", 0),
      ("%s{I32}", 0), ("%s{i32be}", 0), ("%s{32}", 0), ("%T{%Y-%Q}", 0), ("%T{%}", 0), ("%T{utc}", 0), ("%E{hex}", 0),
      ("%w{iso}", 0), (#"%h{a\q}"#, 4),
    ])
  func unknown(format: String, caret: Int) throws {
    let error = #expect(throws: UsageError.self) { try FormatProgram(parsing: Array(format.utf8)) }
    #expect(error?.caret?.offset == caret)
  }

  @Test("JSON has every field, in a fixed order")
  func json() throws {
    let record = SampleRecord(key: "k", value: "v", headers: [("trace", [0x31]), ("empty", []), ("none", nil)])
    #expect(
      try record.text(.json(embedsValues: false)) == """
        {"topic":"orders","partition":3,"offset":0,"timestamp":1700000000000,"timestampType":"create","key":"k","value":"v",\
        "headers":[{"name":"trace","value":"1"},{"name":"empty","value":""},{"name":"none","value":null}]}

        """)
    #expect(
      try SampleRecord().text(.json(embedsValues: false), type: .none) == """
        {"topic":"orders","partition":3,"offset":0,"timestamp":null,"timestampType":null,"key":null,"value":null,"headers":[]}

        """)
    #expect(try record.text(.json(embedsValues: false), type: .append).contains(#""timestampType":"logappend""#))
  }

  @Test(
    "JSON strings escape what they must and what a terminal would act on",
    arguments: [
      ("plain", #""plain""#), ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{08}\u{0C}", #""\n\r\t\b\f""#),
      ("\0\u{1B}\u{7F}\u{9B}", #""\u0000\u001b\u007f\u009b""#), ("řeka 🐦 \u{A0}", "\"řeka 🐦 \u{A0}\""),
      ("eight by\"te", #""eight by\"te""#), ("sixteen bytes ok", #""sixteen bytes ok""#),
      ("1234567\n", #""1234567\n""#),
      ("1234567\u{7F}", #""1234567\u007f""#), ("1234567\\", #""1234567\\""#), ("/<>&'", #""/<>&'""#),
    ])
  func jsonStrings(text: String, expected: String) {
    var buffer = BytesBuilder()
    buffer.append(json: text)
    #expect(String(decoding: buffer.finish().array, as: UTF8.self) == expected)
  }

  @Test(
    "bytes that are not UTF-8 are base64 in JSON",
    arguments: [
      ([0xFF], "/w=="), ([0x61, 0xC3], "YcM="), ([0xC0, 0x80], "wIA="), ([0xED, 0xA0, 0x80], "7aCA"),
      ([0xF4, 0x90, 0x80, 0x80], "9JCAgA=="), ([0xE2, 0x82], "4oI="), ([0x80], "gA=="),
      ([0xF5, 0x80, 0x80, 0x80], "9YCAgA=="),
    ] as [([UInt8], String)])
  func jsonBytes(bytes: [UInt8], base64: String) {
    var buffer = BytesBuilder()
    buffer.append(json: bytes.span.bytes)
    #expect(String(decoding: buffer.finish().array, as: UTF8.self) == #"{"base64":"\#(base64)"}"#)
  }

  @Test("any bytes become JSON that gives them back", arguments: 0..<16)
  func jsonProperty(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let interesting: [[UInt8]] = [[0x22], [0x5C], [0x0A], [0x00], [0x7F], [0xC2, 0x85], [0xC5, 0x99], [0xFF], [0x61]]
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0...20, using: &random)).flatMap { _ in
        interesting.randomElement(using: &random) ?? []
      }
      let line = try SampleRecord(value: bytes).formatted(.json(embedsValues: false))
      #expect(!line.dropLast().contains { $0 < 0x20 || $0 == 0x7F })
      let decoded = try JSONDecoder().decode(DecodedRecord.self, from: Data(line))
      #expect(Array(decoded.value.bytes) == bytes)
    }
  }

  /// The value of a record's JSON, in either of its forms.
  private struct DecodedRecord: Decodable {
    struct Field: Decodable {
      var bytes: Data

      private enum Key: CodingKey { case base64 }

      init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
          bytes = Data(text.utf8)
        } else {
          bytes = try decoder.container(keyedBy: Key.self).decode(Data.self, forKey: .base64)
        }
      }
    }

    var value: Field
  }

  @Test("JSON keeps header names that are no text, empty and null apart, and times that are none")
  func jsonEdges() throws {
    var record = SampleRecord(key: "", value: "\u{2028}\u{2029}", headers: [("", nil), ("", []), ("\u{85}", [0xC3])])
    record.timestamp = -1
    let text = try record.text(.json(embedsValues: false))
    #expect(text.contains("\"timestamp\":-1,\"timestampType\":\"create\",\"key\":\"\",\"value\":\"\u{2028}\u{2029}\""))
    #expect(
      text.contains(
        #""headers":[{"name":"","value":null},{"name":"","value":""},{"name":"\u0085","value":{"base64":"ww=="}}]"#))
  }

  @Test("a terminal gets escapes for what it would act on, and a dim null")
  func terminal() throws {
    let record = SampleRecord(value: [0x1B, 0x5B, 0x41, 0xC5, 0x99, 0xFF, 0x0A, 0x7F, 0xC2, 0x9B])
    #expect(try record.text(plain(), style: .coloured) == #"\x1b[Ař\xff\n\x7f\xc2\x9b"# + "\n")
    #expect(try record.text(format("%s\\n"), style: .coloured) == #"\x1b[Ař\xff\n\x7f\xc2\x9b"# + "\n")
    #expect(try SampleRecord().text(plain(), style: .coloured) == "\u{1B}[2mnull\u{1B}[0m\n")
    #expect(try SampleRecord().text(plain(null: "NULL"), style: .coloured) == "NULL\n")
    let header = SampleRecord(headers: [("a\u{1B}", [0x07])])
    #expect(try header.text(format("%h"), style: .coloured) == #"a\x1b=\x07"#)
  }
}
