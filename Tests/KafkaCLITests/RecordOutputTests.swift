import Buffers
import Glibc
import KafkaCLI
import KafkaMockBroker
import Testing

@Suite("Forms of records on output")
struct RecordOutputTests {
  private func output(_ words: String...) throws -> RecordOutput {
    let line = (["consume"] + words + ["t"]).map { Argument($0) }
    guard case .consume(let arguments) = try CommandLineParser.parse(line, environment: [:]) else {
      throw UsageError("not consume")
    }
    return arguments.output
  }

  private func format(_ text: String) throws -> RecordOutput {
    .format(try FormatProgram(parsing: Array(text.utf8)), null: nil)
  }

  @Test("raw is values alone")
  func raw() throws {
    #expect(try SampleRecord(key: "k", value: "v").text(output("--output", "raw")) == "v")
    #expect(try SampleRecord(key: "k").text(output("--output", "raw")) == "")
  }

  @Test("text and json are what stands without --output and for -J")
  func names() throws {
    #expect(try output("--output", "text") == output())
    #expect(try output("--output", "text", "-K", ":") == output("-K", ":"))
    #expect(try output("--output", "json") == output("-J"))
    #expect(try output("-J", "--output", "json") == output("-J"))
  }

  @Test("length puts 4 bytes before values, and with -K before keys")
  func lengths() throws {
    let record = SampleRecord(key: "k", value: "value")
    #expect(try record.formatted(output("--output", "length")) == [0, 0, 0, 5] + Array("value".utf8))
    #expect(
      try record.formatted(output("--output", "length", "-K", ":"))
        == [0, 0, 0, 1] + Array("k".utf8) + [0, 0, 0, 5] + Array("value".utf8))
    #expect(
      try SampleRecord(value: "").formatted(output("--output", "length", "-K", ""))
        == [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    #expect(try SampleRecord().text(output("--output", "length"), style: .plain) == #"\xff\xff\xff\xff"#)
  }

  @Test(
    "forms and what they leave no choice of are refused together",
    arguments: [
      "--output raw -K :", "--output raw -D ,", "--output raw -Z", "--output length -D ,", "--output length --null N",
      "--output json -D ,", "--output json -K :", "-J --output raw", "-J --output text", "-f %s --output text",
      "-f %s -J", "-f %s -K :", "--value-json", "--value-json --output raw", "--output csv", "-J -Z",
    ])
  func contradictions(options: String) {
    #expect(throws: UsageError.self) {
      try CommandLineParser.parse(
        ["consume"].map { Argument($0) } + options.split(separator: " ").map { Argument(String($0)) } + [Argument("t")],
        environment: [:])
    }
  }

  @Test(
    "an unknown escape is a usage error with a caret, wherever escapes are read",
    arguments: [
      ("consume", "-D"), ("consume", "-K"), ("consume", "-f"), ("produce", "-D"), ("produce", "-K"),
    ])
  func escapes(command: String, option: String) {
    let error = #expect(throws: UsageError.self) {
      try CommandLineParser.parse([command, option, #"ab\q"#, "t"].map { Argument($0) }, environment: [:])
    }
    #expect(error?.caret?.offset == 2)
    #expect(error?.place == "option \(option)")
  }

  // MARK: Integers

  @Test(
    "bytes are written as the integer that they are",
    arguments: [
      ("i8", [0xFF], "-1"), ("u8", [0xFF], "255"), ("i16", [0x80, 0x00], "-32768"), ("u16", [0x01, 0x02], "258"),
      ("i16le", [0x01, 0x02], "513"), ("i32", [0xFF, 0xFF, 0xFF, 0xFE], "-2"), ("u32", [0xFF, 0, 0, 0], "4278190080"),
      ("i32le", [0xFE, 0xFF, 0xFF, 0xFF], "-2"), ("i64", [0x80, 0, 0, 0, 0, 0, 0, 0], "-9223372036854775808"),
      ("u64", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "18446744073709551615"),
      ("u64le", [1, 0, 0, 0, 0, 0, 0, 0], "1"), ("i8le", [0x80], "-128"),
    ] as [(String, [UInt8], String)])
  func integers(name: String, bytes: [UInt8], expected: String) throws {
    var record = SampleRecord(value: bytes)
    record.key = bytes
    #expect(try record.text(format("%s{\(name)} %k{\(name)}")) == "\(expected) \(expected)")
  }

  @Test("null is no integer, and no error", arguments: [("", ""), ("-Z", "NULL")])
  func nullInteger(option: String, expected: String) throws {
    let form = option.isEmpty ? try output("-f", "%s{i32}") : try output(option, "-f", "%s{i32}")
    #expect(try SampleRecord().text(form) == expected)
  }

  @Test("bytes of another size are an error that leaves nothing of the record", arguments: [0, 3, 5])
  func wrongSize(count: Int) throws {
    let record = SampleRecord(value: Array(repeating: 1, count: count))
    let error = #expect(throws: FieldSizeError.self) { try record.text(self.format("%o %s{u32le}\n")) }
    #expect(error?.message == "the value has \(count) bytes, and {u32le} takes 4")
  }

  @Test("consume ends at a record of another size with the place and status 1, and writes those before it")
  func unreadableRecord() throws {
    try simulateCommands { simulation in
      try await simulation.cluster.append(
        [MockRecord(value: "abcd"), MockRecord(value: "abc"), MockRecord(value: "abcd")], to: "t", partition: 0)
      let run = try await simulation.run("consume t -e -f %s{i32}\\n")
      #expect(run.status == .refused)
      #expect(run.output == "1633837924\n")
      #expect(
        run.messages == [
          """
          kavka: t:0 offset 1: the value has 3 bytes, and {i32} takes 4; leave it out of -f, or read on behind it with \
          -o 2
          """
        ])
    }
  }

  @Test("formats know the leader's epoch and the high watermark")
  func positions() throws {
    try simulateCommands { simulation in
      try await simulation.cluster.append([MockRecord(value: "a"), MockRecord(value: "b")], to: "t", partition: 0)
      let run = try await simulation.run("consume t -e -f %o,%E,%w\\n")
      #expect(run.lines == ["0,0,2", "1,0,2"])
    }
  }

  // MARK: JSON in a format, and JSON in JSON

  @Test("json in a format is a string, an object with base64, or null")
  func jsonModifier() throws {
    #expect(try SampleRecord(key: "a\"b", value: "1").text(format("%k{json} %s{json}")) == #""a\"b" "1""#)
    #expect(try SampleRecord(value: [0xFF]).text(format("%k{json} %s{json}")) == #"null {"base64":"/w=="}"#)
  }

  @Test(
    "a value that is JSON is embedded as it is",
    arguments: [
      "{}", "[]", "0", "-0", "-1.5e+10", "12345678901234567890", "true", "false", #"{"a": [1, {"b": null}], "c": "d"}"#,
      "[[], {}]", #"[1 , 2]"#, #"{ "a" : 1 }"#, #"["\u00e9\ud83d\ude00\n"]"#, #"{"base65":"x"}"#,
      #"{"x":1,"base64":"x"}"#, "[\"ř\u{2028}\"]", #"[{"base64":"YQ=="}]"#, "1e99",
      String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
    ])
  func embedded(value: String) throws {
    let text = try SampleRecord(value: value).text(.json(embedsValues: true))
    #expect(text.contains(#""value":\#(value),"headers""#))
  }

  @Test(
    "a value that could not be read from there again stays a string",
    arguments: [
      "", "null", "\"text\"", "text", " 1", "1 ", "1\n", "{\n}", "[1,\t2]", "[1,]", "[,1]", "[1 2]", "{\"a\":1,}",
      "{\"a\"}",
      "{\"a\" 1}", "{1:2}", "{a:1}", "[", "]", "[}", "{]", "{\"a\":1]", "01", "1.", ".5", "+1", "1e", "1e999", "-",
      "tru",
      "truex", "NaN", "{\"base64\":\"YQ==\"}", "{ \"base64\" : 1, \"b\": 2}", "{\"b\\u0061se64\":\"YQ==\"}",
      "[\"\u{7F}\"]",
      "[\"\u{9B}\"]", "[\"a]", #"["\x"]"#, #"["\u12"]"#, #"["\ud800"]"#, #"["\ud800\u0041"]"#, #"["\udc00"]"#, "{}{}",
      "1 2",
      String(repeating: "9", count: 400),
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65), String(repeating: "[", count: 100_000),
    ])
  func notEmbedded(value: String) throws {
    let record = SampleRecord(value: value)
    #expect(try record.text(.json(embedsValues: true)) == record.text(.json(embedsValues: false)))
  }

  @Test("bytes that are not UTF-8 are not embedded either")
  func notText() throws {
    let record = SampleRecord(value: [0x5B, 0x22, 0xFF, 0x22, 0x5D])
    #expect(try record.text(.json(embedsValues: true)).contains(#""value":{"base64":"WyL/Il0="}"#))
  }

  // MARK: Times

  @Test(
    "times are written in the local time zone by the conversions of strftime",
    arguments: ["%Y-%m-%d %H:%M:%S", "%s", "%F %T %z", "%a, %d %b %Y", "day %j of %G, %%"])
  func localTime(form: String) throws {
    var record = SampleRecord()
    record.timestamp = 1_709_164_800_250
    var time: time_t = 1_709_164_800
    var fields = tm()
    localtime_r(&time, &fields)
    var expected = [CChar](repeating: 0, count: 256)
    let count = strftime(&expected, expected.count, form, &fields)
    let text = String(decoding: expected.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    #expect(try record.text(format("%T{\(form)}")) == text)
    #expect(try record.text(format("%T{\(form).%3N}")) == text + ".250")
  }

  @Test(
    "times before 1970 and far from now are written too, and none is null", arguments: [-1500, .min, .max] as [Int64])
  func farTimes(milliseconds: Int64) throws {
    var record = SampleRecord()
    record.timestamp = milliseconds
    let text = try record.text(format("%T{%s|%3N|%c}"))
    if milliseconds == -1500 { #expect(text.hasPrefix("-2|500|")) }
    if milliseconds == .max { #expect(text.hasPrefix("9223372036854775|807|")) }
    #expect(text.split(separator: "|").count == 3)
    record.timestamp = -1
    #expect(try record.text(format("[%T{%s}]")) == "[]")
  }

  // MARK: Terminals

  @Test(
    "colour is for terminals, without NO_COLOR and TERM=dumb",
    arguments: [
      (true, [:], TerminalStyle.coloured), (true, ["NO_COLOR": ""], .coloured), (true, ["NO_COLOR": "1"], .plain),
      (true, ["TERM": "dumb"], .plain), (true, ["TERM": "xterm"], .coloured), (false, [:], .exact),
    ] as [(Bool, [String: String], TerminalStyle)])
  func colour(isTerminal: Bool, environment: [String: String], style: TerminalStyle) {
    #expect(TerminalStyle(isTerminal: isTerminal, environment: environment) == style)
  }

  @Test("without colour a terminal gets null as a word")
  func plainNull() throws {
    #expect(try SampleRecord().text(format("%s"), style: .plain) == "null")
    #expect(try SampleRecord(value: "x").text(format("%R"), style: .plain) == #"\x00\x00\x00\x01"#)
  }
}
