import Buffers

extension FormatProgram {
  /// Compiles a format string.
  ///
  /// - Throws: For an unknown token, modifier or escape, with a caret below it.
  package init(parsing text: [UInt8]) throws(UsageError) {
    var parser = FormatParser(text: text)
    instructions = try parser.parse()
    literals = Bytes(copying: parser.literals)
    starts = parser.starts
  }
}

/// Reads a format string from left to right.
private struct FormatParser {
  let text: [UInt8]
  private var index = 0
  private(set) var literals: [UInt8] = []
  /// Which of the literals' bytes are of the one at hand, and where in the text it begins.
  private var literal = 0..<0
  private var literalStart = 0
  private var instructions: [FormatProgram.Instruction] = []
  private(set) var starts: [Int] = []

  init(text: [UInt8]) { self.text = text }

  mutating func parse() throws(UsageError) -> [FormatProgram.Instruction] {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"):
        let (byte, next) = try ByteEscapes.byte(in: text, at: index)
        append(byte, at: index)
        index = next
      case UInt8(ascii: "%"):
        try parseToken()
      case let byte:
        append(byte, at: index)
        index += 1
      }
    }
    endLiteral()
    return instructions
  }

  private mutating func append(_ byte: UInt8, at start: Int) {
    if literal.isEmpty { literalStart = start }
    literals.append(byte)
    literal = literal.lowerBound..<literals.count
  }

  private mutating func endLiteral() {
    guard !literal.isEmpty else { return }
    starts.append(literalStart)
    instructions.append(.literal(literal))
    literal = literals.count..<literals.count
  }

  private mutating func parseToken() throws(UsageError) {
    let start = index
    guard start + 1 < text.count else { throw error("a % at the end stands for nothing", at: start) }
    let letter = text[start + 1]
    index = start + 2
    if letter == UInt8(ascii: "%") {
      append(letter, at: start)
      return
    }
    let modifier = try parseModifier()
    let instruction: FormatProgram.Instruction?
    do throws(UsageError) { instruction = try Self.instruction(letter, modifier) } catch {
      throw UsageError(error.problem, advice: error.advice, caret: .pointing(at: start, in: text))
    }
    guard let instruction else { throw unknown(letter, hasModifier: modifier != nil, at: start) }
    endLiteral()
    starts.append(start)
    instructions.append(instruction)
  }

  /// The text between braces that follow the letter, when some do. Its escapes are those of the rest.
  private mutating func parseModifier() throws(UsageError) -> [UInt8]? {
    guard index < text.count, text[index] == UInt8(ascii: "{") else { return nil }
    let start = index
    index += 1
    var modifier: [UInt8] = []
    while index < text.count, text[index] != UInt8(ascii: "}") {
      if text[index] == UInt8(ascii: "\\") {
        let (byte, next) = try ByteEscapes.byte(in: text, at: index)
        modifier.append(byte)
        index = next
      } else {
        modifier.append(text[index])
        index += 1
      }
    }
    guard index < text.count else { throw error("the brace is not closed", at: start) }
    index += 1
    return modifier
  }

  private static func instruction(
    _ letter: UInt8, _ modifier: [UInt8]?
  ) throws(UsageError) -> FormatProgram.Instruction? {
    let name = modifier.map { String(decoding: $0, as: UTF8.self) }
    switch (Character(UnicodeScalar(letter)), name) {
    case ("s", _): return encoding(name).map { .value($0) }
    case ("k", _): return encoding(name).map { .key($0) }
    case ("t", nil): return .topic
    case ("p", nil): return .partition
    case ("o", nil): return .offset
    case ("T", nil): return .milliseconds
    case ("T", "iso"): return .iso8601
    case ("T", let name?): return name.contains("%") ? .localTime(try TimeFormat(modifier ?? [])) : nil
    case ("h", nil): return .headers
    case ("h", let name?): return name.isEmpty ? nil : .header(Bytes(copying: modifier ?? []))
    case ("S", nil): return .valueLength
    case ("K", nil): return .keyLength
    case ("R", nil): return .bigEndianValueLength
    case ("E", nil): return .leaderEpoch
    case ("w", nil): return .highWatermark
    default: return nil
    }
  }

  private static func encoding(_ modifier: String?) -> FormatProgram.Encoding? {
    switch modifier {
    case nil: .exact
    case "hex": .hex
    case "base64": .base64
    case "json": .json
    case let name?: FixedWidthLayout(name: name).map { .integer($0) }
    }
  }

  private func unknown(_ letter: UInt8, hasModifier: Bool, at start: Int) -> UsageError {
    let token = String(decoding: text[start..<index], as: UTF8.self)
    let isKnown = hasModifier && "sktpoThSKREw".utf8.contains(letter)
    guard isKnown else { return error("unknown token '\(token)'", at: start) }
    let advice =
      switch letter {
      case UInt8(ascii: "s"), UInt8(ascii: "k"):
        "there are hex, base64, json and i8 to i64 and u8 to u64, with le behind them for little-endian"
      case UInt8(ascii: "T"): "there is iso, and formats of strftime such as %Y-%m-%d %H:%M:%S"
      case UInt8(ascii: "h"): "write the name of a header there"
      default: "the token takes none"
      }
    return UsageError("unknown modifier in '\(token)'", advice: advice, caret: .pointing(at: start, in: text))
  }

  private func error(_ problem: String, at index: Int) -> UsageError {
    UsageError(
      problem, advice: "the tokens are %s %k %t %p %o %T %h %S %K %R %E %w %%", caret: .pointing(at: index, in: text))
  }
}
