/// Takes a line of the shell apart: words, what quotes protect, and where the output goes.
///
/// Quoting is that of POSIX's shell without its variables: single quotes take everything as it is, double quotes all
/// but a backslash before `"`, `\`, `$` and `` ` ``, a backslash the byte behind it, and a word that begins with `#` is
/// a comment. `>`, `>>` and `|` are operators wherever nothing protects them, with blanks around them or without.
package struct ShellLexer {
  /// A part of a line.
  enum Token: Hashable {
    case word(Argument)
    /// `>`, or `>>` where it appends.
    case output(appends: Bool)
    /// `|`, and the rest of the line as it is.
    case pipe(command: [UInt8])
  }

  /// A token, and the byte at which it begins.
  struct PlacedToken: Hashable {
    var token: Token
    var offset: Int
  }

  private let line: [UInt8]
  private var position = 0

  init(_ line: [UInt8]) { self.line = line }

  /// - Throws: For a quote that is not closed, a backslash at the end, and a NUL byte, with a caret below it.
  static func tokens(of line: [UInt8]) throws(UsageError) -> [PlacedToken] {
    if let zero = line.firstIndex(of: 0) { throw error("the line has a NUL byte", in: line, at: zero) }
    var lexer = ShellLexer(line)
    var tokens: [PlacedToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens
  }

  /// An error at a byte of a line, with as much of the line as a terminal has room for.
  static func error(_ problem: String, in line: [UInt8], at offset: Int, advice: String? = nil) -> UsageError {
    let reach = 60
    var before = line[..<offset].suffix(reach)
    var after = line[offset...].prefix(reach)
    // Not in the middle of a character.
    while let byte = before.first, byte & 0xC0 == 0x80, before.count < offset { before.removeFirst() }
    while offset + after.count < line.count, line[offset + after.count] & 0xC0 == 0x80 { after.removeLast() }
    let start = (before.count < offset ? "…" : "") + escaped(before)
    let end = escaped(after) + (offset + after.count < line.count ? "…" : "")
    return UsageError(problem, advice: advice, caret: .init(text: start + end, offset: start.count))
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    TerminalText.escaped(String(decoding: bytes, as: UTF8.self))
  }

  // MARK: Tokens

  private mutating func next() throws(UsageError) -> PlacedToken? {
    while position < line.count, Self.isBlank(line[position]) { position += 1 }
    guard position < line.count else { return nil }
    let start = position
    switch line[position] {
    case UInt8(ascii: "#"):
      position = line.count
      return nil
    case UInt8(ascii: ">"):
      position += 1
      let appends = position < line.count && line[position] == UInt8(ascii: ">")
      if appends { position += 1 }
      return PlacedToken(token: .output(appends: appends), offset: start)
    case UInt8(ascii: "|"):
      let rest = line[(start + 1)...].drop(while: Self.isBlank)
      position = line.count
      return PlacedToken(token: .pipe(command: Array(rest)), offset: start)
    default:
      let word = try word()
      if position < line.count, line[position] == UInt8(ascii: ">"), Self.isNumber(line[start..<position]) {
        throw Self.error(
          "a number before > is a descriptor for sh, and only the output goes elsewhere here", in: line, at: start,
          advice: "write a blank before >")
      }
      return PlacedToken(token: .word(Argument(bytes: word)), offset: start)
    }
  }

  private mutating func word() throws(UsageError) -> [UInt8] {
    var word: [UInt8] = []
    while position < line.count, !Self.endsWord(line[position]) {
      switch line[position] {
      case UInt8(ascii: "'"): try appendSingleQuoted(to: &word)
      case UInt8(ascii: "\""): try appendDoubleQuoted(to: &word)
      case UInt8(ascii: "\\"):
        guard position + 1 < line.count else {
          throw Self.error("nothing follows the backslash", in: line, at: position, advice: "write \\\\ for one")
        }
        word.append(line[position + 1])
        position += 2
      case let byte:
        word.append(byte)
        position += 1
      }
    }
    return word
  }

  private mutating func appendSingleQuoted(to word: inout [UInt8]) throws(UsageError) {
    let start = position
    position += 1
    while position < line.count, line[position] != UInt8(ascii: "'") {
      word.append(line[position])
      position += 1
    }
    try closeQuote(openedAt: start)
  }

  private mutating func appendDoubleQuoted(to word: inout [UInt8]) throws(UsageError) {
    let start = position
    position += 1
    while position < line.count, line[position] != UInt8(ascii: "\"") {
      if line[position] == UInt8(ascii: "\\"), position + 1 < line.count, Self.isEscapable(line[position + 1]) {
        position += 1
      }
      word.append(line[position])
      position += 1
    }
    try closeQuote(openedAt: start)
  }

  private mutating func closeQuote(openedAt start: Int) throws(UsageError) {
    guard position < line.count else { throw Self.error("the quote is not closed", in: line, at: start) }
    position += 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func endsWord(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "|")
  }

  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  private static func isEscapable(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`")].contains(byte)
  }
}
