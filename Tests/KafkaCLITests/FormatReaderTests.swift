import Buffers
import KafkaProtocol
import Testing

@testable import KafkaCLI

@Suite("Records by a format on input")
struct FormatReaderTests {
  private static func rules(emptyIsNull: Bool = false, null: String? = nil) -> InputFieldRules {
    InputFieldRules(
      keyDelimiter: nil, defaultKey: nil, emptyIsNull: emptyIsNull, nullString: null.map { Bytes(utf8: $0) })
  }

  /// What comes of the text, which is the same wherever blocks end.
  private func read(
    _ format: String, _ text: [UInt8], limit: Int = 1000, rules: InputFieldRules = rules()
  ) throws -> [ReadRecord] {
    let format = try InputFormat(parsing: Array(format.utf8))
    let whole = ReadRecord.all([text], FormatReader(format, rules: rules, limit: limit))
    for blocks in InputFormTests.splits(text) {
      #expect(ReadRecord.all(blocks, FormatReader(format, rules: rules, limit: limit)) == whole, "\(blocks)")
    }
    return whole
  }

  @Test(
    "tokens go up to the text behind them",
    arguments: [
      (#"%s\n"#, "a\n\nb", [.value("a"), .value(""), .value("b")]),
      (#"%k=%s;"#, "a=b=c;=;", [.pair("a", "b=c"), .pair("", "")]),
      (#"%t[%p]@%o %k: %s--"#, "t[0]@17 k: v - w--", [.pair("k", "v - w")]),
      ("%s", "a\nb", [.value("a\nb")]), (#"%%%s%%"#, "%a%", [.value("a")]),
      (#"%k{hex} %s{base64}\n"#, "6B6c YQ==\n", [.pair("kl", "a")]),
      (
        #"%s{json} %k{json}\n"#, #""a \"\n" {"base64":"YQ=="}"# + "\nnull null\n",
        [.pair("a", "a \"\n"), .pair(nil, nil)]
      ),
      (#"%s{i16}\n"#, "258\n-1\n", [.value("\u{1}\u{2}"), .record(key: nil, value: [0xFF, 0xFF])]),
      (#"%s{u16le}\n"#, "258\n", [.value("\u{2}\u{1}")]),
    ] as [(String, String, [ReadRecord])])
  func tokens(format: String, text: String, records: [ReadRecord]) throws {
    #expect(try read(format, Array(text.utf8)) == records)
  }

  @Test("lengths say where keys and values end, and that they are null")
  func lengths() throws {
    #expect(try read("%S %s%K %k", Array("3 a\nb1 k-1 0 ".utf8)) == [.pair("k", "a\nb"), .pair("", nil)])
    #expect(
      try read("%R%s", [0, 0, 0, 1, 0x61, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]) == [
        .value("a"), .value(nil), .value(""),
      ])
    #expect(try read(#"%S:%s{hex}\n"#, Array("2:6162\n-1:\n".utf8)) == [.value("ab"), .value(nil)])
    #expect(
      try read(#"%S:%s\n"#, Array("-1:NULL\n4:NULL\n".utf8), rules: Self.rules(null: "NULL")) == [
        .value(nil), .value("NULL"),
      ])
  }

  @Test("empty and null are what -Z and --null say")
  func nulls() throws {
    let text = Array(":\nN:N\n".utf8)
    #expect(try read(#"%k:%s\n"#, text) == [.pair("", ""), .pair("N", "N")])
    #expect(try read(#"%k:%s\n"#, text, rules: Self.rules(emptyIsNull: true)) == [.pair(nil, nil), .pair("N", "N")])
    #expect(try read(#"%k:%s\n"#, text, rules: Self.rules(null: "N")) == [.pair("", ""), .pair(nil, nil)])
  }

  @Test(
    "a record that does not match is refused alone, by its place",
    arguments: [
      (#"%k %s\n"#, "nothing\nk v\n", "expected ' ' at byte 7"),
      (#"%p %s\n"#, "x v\n0 v\n", "expected a partition at byte 0"),
      (#"<%s>\n"#, "(v>\n<v>\n", "expected '<' at byte 0"),
      (#"%s{hex}\n"#, "6\n76\n", "expected pairs of hexadecimal digits at byte 0"),
      (#"%S:%s\n"#, "2:v\n1:v\n", #"expected '\n' at byte 4"#),
    ])
  func refusals(format: String, text: String, reason: String) throws {
    let records = try read(format, Array(text.utf8))
    #expect(records.first == .refused(reason))
    if !format.contains("%S") { #expect(records.count == 2) }
  }

  @Test("text behind a token that is also part of the record's end does not begin before that end is ruled out")
  func delimiterWithinEnd() throws {
    // The first record has no '=' but that of its end.
    #expect(
      try read("%k=%s a=b", Array("x a=bk=v a=b".utf8)) == [.refused("expected '=' at byte 1"), .pair("k", "v")])
  }

  @Test("without text at its end nothing is read behind a record that does not match")
  func broken() throws {
    let records = try read("%S %s", Array("1 ax 1".utf8))
    #expect(records.count == 2 && records[0] == .value("a"))
    guard case .broken? = records.last else {
      Issue.record("\(records)")
      return
    }
  }

  /// The bytes that the first record is told to have which cannot be read.
  private func size(_ format: String, _ blocks: [[UInt8]], limit: Int) throws -> Int64? {
    var reader = FormatReader(try InputFormat(parsing: Array(format.utf8)), rules: Self.rules(), limit: limit)
    func bytes(_ step: InputStep) -> Int64? {
      switch step {
      case .oversized(let bytes), .refused(let bytes, _), .broken(let bytes, _): bytes
      case .record, .needsInput: nil
      }
    }
    for block in blocks {
      reader.feed(Bytes(copying: block))
      while case let step = reader.advance(), step != .needsInput { if let bytes = bytes(step) { return bytes } }
    }
    return bytes(reader.finish())
  }

  @Test(
    "a record that cannot be read is told with its own size, not with that of the block",
    arguments: [
      (#"%s{hex}\n"#, Array("616263\n61626\n616263\n".utf8), 5), (#"%p %s\n"#, Array("x v\n0 v\n0 v\n".utf8), 3),
      // Lengths of the key and the value, then those: both are too large, and neither is followed by text.
      ("%K:%R%k%s", Array("5:".utf8) + [0, 0, 0, 2] + Array("abcdexy1:".utf8) + [0, 0, 0, 1] + Array("kv".utf8), 13),
      // The length of the value is not known when the key is found to be too large.
      ("%K:%k%R%s", Array("5:abcde".utf8) + [0, 0, 0, 1] + Array("v1:k".utf8) + [0, 0, 0, 1], 7),
      ("%S %s", Array("1 ax 1 b1 c".utf8), 0),
    ] as [(String, [UInt8], Int64)])
  func sizes(format: String, text: [UInt8], expected: Int64) throws {
    #expect(try size(format, [text], limit: 3) == expected)
    #expect(try size(format, text.map { [$0] }, limit: 3) == expected)
  }

  @Test("behind a record whose parts all have lengths the next one is read, though no text ends it")
  func behindTooLarge() throws {
    let text = Array("5:".utf8) + [0, 0, 0, 2] + Array("abcdexy1:".utf8) + [0, 0, 0, 1] + Array("kv".utf8)
    #expect(try read("%K:%R%k%s", text, limit: 3) == [.oversized(13), .pair("k", "v")])
  }

  @Test("a record that is too large is refused alone, with its size")
  func tooLarge() throws {
    #expect(try read(#"%s\n"#, Array("12345\n123\n".utf8), limit: 3) == [.oversized(5), .value("123")])
    #expect(try read(#"%S:%s\n"#, Array("5:1\n345\n3:123\n".utf8), limit: 3) == [.oversized(7), .value("123")])
    #expect(try read("%R%s", [0, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 1, 0x61], limit: 3) == [.oversized(9), .value("a")])
    let long = String(repeating: "x", count: 3 << 20)
    let format = try InputFormat(parsing: Array(#"%s\n"#.utf8))
    let blocks = [Array(long.utf8), Array("\n1\n".utf8)]
    #expect(
      ReadRecord.all(blocks, FormatReader(format, rules: Self.rules(), limit: 3))
        == [.oversized(Int64(long.utf8.count)), .value("1")])
  }

  @Test(
    "a format that cannot be read back is a usage error with a caret",
    arguments: [
      ("%k%s", 2), ("%s %s", 3), ("%s %S", 3), ("%S\\n", 0), ("%T{%F} %s", 0), ("%p%R%s", 2), ("%T %T{iso} %s", 3),
      ("%S%s", 2), ("%q", 0),
    ])
  func unreadable(format: String, offset: Int) {
    let error = #expect(throws: UsageError.self) {
      try CommandLineParser.parse(["produce", "-f", format, "t"].map { Argument($0) }, environment: [:])
    }
    #expect(error?.caret?.offset == offset)
  }

  @Test(
    "a format is refused with what it says itself",
    arguments: ["-f %s -i json", "-f %s -D ,", "-f %s -K ,", "-p keep -f %s"])
  func contradictions(options: String) {
    #expect(throws: UsageError.self) {
      try CommandLineParser.parse(
        ["produce"].map { Argument($0) } + options.split(separator: " ").map { Argument(String($0)) } + [Argument("t")],
        environment: [:])
    }
  }

  @Test(
    "a time is read back whatever its year, and one before 1970 is refused as such",
    arguments: [0, 253_402_300_799_999, 253_402_300_800_000, .max, -2, -62_167_219_200_001, .min] as [Int64])
  func timesOfAllYears(milliseconds: Int64) throws {
    var record = SampleRecord(value: [0x61])
    record.timestamp = milliseconds
    let text = try record.formatted(.format(try FormatProgram(parsing: Array(#"%T{iso} %s\n"#.utf8)), null: nil))
    var reader = FormatReader(try InputFormat(parsing: Array(#"%T{iso} %s\n"#.utf8)), rules: Self.rules(), limit: 9)
    reader.feed(Bytes(copying: text))
    if milliseconds >= 0 {
      #expect(reader.advance() == .record)
      #expect(reader.fields.timestamp == milliseconds)
    } else {
      #expect(
        reader.advance() == .refused(bytes: Int64(text.count - 1), reason: "expected a time from 1970 on at byte 0"))
    }
  }

  @Test(
    "what is written by a format is read as the same record",
    arguments: [
      #"%K %S %T %p %h|%k%s\n"#, #"%R%s%K:%k%T{iso}|%h;"#, #"%T %k{json} %s{json} %h{a}\n"#,
      #"%K,%S,%k{hex}%s{base64}%T"# + "\\n",
    ])
  func roundTrip(format: String) throws {
    var random = SystemRandomNumberGenerator()
    func bytes() -> [UInt8]? {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: nil
      case 1: []
      default: (0..<Int.random(in: 1..<30, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
    }
    let program = try FormatProgram(parsing: Array(format.utf8))
    var reader = FormatReader(try InputFormat(parsing: Array(format.utf8)), rules: Self.rules(), limit: 1000)
    for _ in 0..<200 {
      var record = SampleRecord()
      record.key = bytes()
      record.value = bytes()
      record.timestamp = Int64.random(in: 0...4_000_000_000_000, using: &random)
      record.headers = [("a", Array("1".utf8))]
      reader.feed(Bytes(copying: try record.formatted(.format(program, null: nil))))
      try #require(reader.advance() == .record)
      let fields = reader.fields
      #expect(fields.timestamp == record.timestamp)
      let headers = fields.headers
      #expect(headers?.count == (format.contains("%h") ? 1 : nil))
      var (key, value): ([UInt8]?, [UInt8]?)
      if let span = fields.key { key = span.withUnsafeBytes { Array($0) } }
      if let span = fields.value { value = span.withUnsafeBytes { Array($0) } }
      #expect(key == record.key)
      #expect(value == record.value)
    }
  }
}
