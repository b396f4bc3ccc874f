import Testing

@testable import KafkaCLI

@Suite("Lines of the shell")
struct ShellLexerTests {
  private func parse(_ line: String) throws(UsageError) -> ShellLine { try ShellLine(parsing: Array(line.utf8)) }

  @Test(
    "words are separated by blanks, and quotes and backslashes protect what POSIX says they do",
    arguments: [
      ("", []), ("  \t ", []), ("# only a comment", []),
      ("offsets orders", ["offsets", "orders"]), ("  offsets\torders  ", ["offsets", "orders"]),
      ("consume a # b", ["consume", "a"]), ("consume a#b", ["consume", "a#b"]), ("consume '#'", ["consume", "#"]),
      (#"-f '%s\n'"#, ["-f", #"%s\n"#]), ("''", [""]), (#"a "" b"#, ["a", "", "b"]),
      (#"'a b'c"d e""#, ["a bcd e"]), (#""it's""#, ["it's"]), (#"'say "x"'"#, [#"say "x""#]),
      (#"a\ b"#, ["a b"]), (#"\'\"\\"#, [#"'"\"#]), (#""\"\\\$\`""#, [#""\$`"#]), (#""a\nb""#, [#"a\nb"#]),
      (#"'\'"#, [#"\"#]), ("é 'ü'", ["é", "ü"]), ("$HOME; a&b <c", ["$HOME;", "a&b", "<c"]),
    ])
  func words(line: String, words: [String]) throws {
    let parsed = try parse(line)
    #expect(parsed.words == words.map { Argument($0) })
    #expect(parsed.destination == .standardOutput)
  }

  @Test("a word keeps bytes that are not UTF-8")
  func bytes() throws {
    let line = try ShellLine(parsing: [0x61, 0x20, 0xFF, 0xC3])
    #expect(line.words == ["a", Argument(bytes: [0xFF, 0xC3])])
  }

  @Test(
    "output goes to a file or a program behind an operator, with blanks around it or without",
    arguments: [
      ("metadata > out", .file("out", appends: false)), ("metadata >> out", .file("out", appends: true)),
      ("metadata >out", .file("out", appends: false)), ("metadata >>out", .file("out", appends: true)),
      ("metadata > 'a b' # c", .file("a b", appends: false)), ("metadata | wc -l", .program("wc -l")),
      ("metadata |less", .program("less")), (#"metadata | grep "a b" > 'c' # d"#, .program(#"grep "a b" > 'c' # d"#)),
      ("metadata --topics>out", .file("out", appends: false)), ("metadata a>>out", .file("out", appends: true)),
      ("metadata a1>out # c", .file("out", appends: false)), ("metadata 'a'>'b'", .file("b", appends: false)),
      ("metadata --topics|wc -l", .program("wc -l")), ("metadata 1|wc", .program("wc")),
      ("metadata '1'>out", .file("out", appends: false)), ("metadata 1 >out", .file("out", appends: false)),
      ("metadata '>' '|' \\> \\| a'>'b a\\|b \"a>b\"", nil),
    ] as [(String, ShellLine.Destination?)])
  func destinations(line: String, destination: ShellLine.Destination?) throws {
    #expect(try parse(line).destination == destination ?? .standardOutput)
  }

  @Test(
    "an error has a caret below its place",
    arguments: [
      ("offsets 'open", 8), (#"offsets "open"#, 8), (#"a\"#, 1), ("a 'b' \"c", 6), (#"a "b\"#, 2), ("> out", 0),
      ("| wc", 0), ("a >", 2), ("a > # c", 2), ("a |", 2), ("a |  ", 2), ("a > b c", 6), ("a > b > c", 6),
      ("a > b | c", 6), ("a >> | c", 2), ("a 2>b", 2), ("a>b>c", 3), ("a>b|c", 3),
      ("a>|c", 1), ("é 'ü", 2), ("\t'a", 2), ("a\u{0}b", 1),
    ])
  func errors(line: String, offset: Int) throws {
    let error = #expect(throws: UsageError.self) { try parse(line) }
    let caret = try #require(error?.caret)
    #expect(caret.offset == offset)
    #expect(caret.text == TerminalText.escaped(line))
  }

  @Test("the caret of a long line shows its surroundings only")
  func longLine() throws {
    let line = String(repeating: "é", count: 1000) + " 'x" + String(repeating: "é", count: 1000)
    let caret = try #require(#expect(throws: UsageError.self) { try parse(line) }?.caret)
    #expect(caret.text.count < 130)
    #expect(Array(caret.text)[caret.offset] == "'")
    #expect(caret.text.hasPrefix("…é") && caret.text.hasSuffix("é…"))
  }
}

extension ShellLine.Destination {
  fileprivate static func file(_ name: String, appends: Bool) -> Self { .file(Array(name.utf8), appends: appends) }

  fileprivate static func program(_ command: String) -> Self { .program(Array(command.utf8)) }
}
