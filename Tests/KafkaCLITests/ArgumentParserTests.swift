import KafkaCLI
import Testing

@Suite("Parsing of command lines")
struct ArgumentParserTests {
  private static let flag = Option("a", "all", summary: "a flag")
  private static let other = Option("e", nil, summary: "another flag")
  private static let value = Option("o", "origin", .value("WHERE"), isRepeatable: true, summary: "a value")
  private static let optional = Option(nil, "create", .optionalValue("N"), summary: "an optional value")
  private static let table = CommandTable(
    name: "test", summary: "Tests.", operands: .words("[WORD]…", .none), description: [],
    options: [flag, other, value, optional], commonOptions: [], examples: [])

  private func parse(_ words: Argument...) throws(UsageError) -> ParsedArguments {
    try ArgumentParser.parse(words, table: Self.table)
  }

  private func values(_ parsed: ParsedArguments) throws -> [String] {
    try parsed.values(Self.value) { $0.text }
  }

  @Test("short flags can be joined, and the last may have its value attached")
  func bundled() throws {
    let parsed = try parse("-aeo5", "word")
    #expect(parsed.has(Self.flag))
    #expect(parsed.has(Self.other))
    #expect(try values(parsed) == ["5"])
    #expect(parsed.operands == ["word"])
  }

  @Test(
    "a value may be attached or be the next word, whatever it looks like",
    arguments: [
      (["-o", "-5"], "-5"), (["-o-5"], "-5"), (["--origin", "-5"], "-5"), (["--origin=-5"], "-5"),
      (["--origin="], ""), (["-o", ""], ""), (["-o", "--"], "--"), (["--origin=a=b"], "a=b"), (["-o=5"], "=5"),
    ])
  func values(words: [String], expected: String) throws {
    let parsed = try ArgumentParser.parse(words.map(Argument.init(_:)), table: Self.table)
    #expect(try values(parsed) == [expected])
    #expect(parsed.operands.isEmpty)
  }

  @Test("an optional value comes after an equals sign only")
  func optionalValue() throws {
    let without = try parse("--create", "7")
    #expect(without.has(Self.optional))
    #expect(try without.value(Self.optional) { $0 } == nil)
    #expect(without.operands == ["7"])
    #expect(try parse("--create=7").value(Self.optional) { $0 } == "7")
  }

  @Test("options and operands come in any order, and all words after two dashes are operands")
  func terminator() throws {
    let parsed = try parse("one", "-a", "-", "--", "-e", "--", "--all")
    #expect(parsed.operands == ["one", "-", "-e", "--", "--all"])
    #expect(parsed.operandsBeforeTerminator == 2)
    #expect(parsed.has(Self.flag))
    #expect(!parsed.has(Self.other))
  }

  @Test("of a repeated option all values are there in order, and a single value is the last")
  func repeated() throws {
    let parsed = try parse("-o1", "--origin", "2", "-o", "3")
    #expect(try values(parsed) == ["1", "2", "3"])
    #expect(try parsed.value(Self.value) { $0 } == "3")
  }

  @Test("bytes that are not UTF-8 pass unchanged as bytes, and are refused as text")
  func bytes() throws {
    let parsed = try ArgumentParser.parse(["-o", Argument(bytes: [0xFF, 0x00])], table: Self.table)
    #expect(try parsed.bytes(Self.value) { $0 } == [0xFF, 0x00])
    #expect(throws: UsageError.self) { try parsed.value(Self.value) { $0 } }
  }

  @Test(
    "S08: a mistake is named with what may have been meant",
    arguments: [
      (["--orgin=1"], "test: unknown option --orgin; did you mean --origin?"),
      (["--orig", "1"], "test: unknown option --orig; did you mean --origin?"),
      (["--nothing-like-it"], "test: unknown option --nothing-like-it; kavka test --help lists the options"),
      (["-ax"], "test: unknown option -x; kavka test --help lists the options"),
      (["--all=yes"], "test: option --all takes no value; kavka test --help lists the options"),
      (["-a", "-o"], "test: option -o needs a value; write -o, --origin WHERE"),
      (["--origin"], "test: option --origin needs a value; write -o, --origin WHERE"),
    ])
  func mistakes(words: [String], message: String) {
    let error = #expect(throws: UsageError.self) {
      try ArgumentParser.parse(words.map(Argument.init(_:)), table: Self.table)
    }
    #expect(error?.message == message)
  }

  @Test("an error in a value names the option as it was written")
  func place() throws {
    let parsed = try parse("--origin", "x")
    let error = #expect(throws: UsageError.self) {
      try parsed.value(Self.value) { text throws(UsageError) in try DecimalNumber.parse(text, in: 0...9) }
    }
    #expect(error?.message == "option --origin: 'x' is not a whole number")
  }

  @Test("a caret stands below the place of the mistake")
  func caret() {
    let error = UsageError("bad", place: "option -f", caret: .init(text: "ab%x", offset: 2))
    #expect(error.lines == ["option -f: bad", "  ab%x", "    ^"])
  }

  @Test(
    "the nearest name is found, and none where all are far",
    arguments: [
      ("prodcue", "produce"), ("off", "offsets"), ("metdata", "metadata"), ("zebra", nil), ("", nil), ("m", "man"),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    #expect(NearestName.of(name, in: ["produce", "consume", "offsets", "metadata", "man"]) == expected)
  }
}
