import Buffers

extension FormatProgram {
  /// Compiles a format string.
  ///
  /// - Throws: For an unknown token, modifier or escape, with a caret below it.
  package init(parsing text: [UInt8]) throws(UsageError) {
    var parser = FormatParser(text: text)
    instructions = try parser.parse()
  }
}

/// Reads a format string from left to right.
private struct FormatParser {
  let text: [UInt8]
  private var index = 0
  private var literal: [UInt8] = []
  private var instructions: [FormatProgram.Instruction] = []

  init(text: [UInt8]) { self.text = text }

  mutating func parse() throws(UsageError) -> [FormatProgram.Instruction] {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"):
        let (byte, next) = try ByteEscapes.byte(in: text, at: index)
        literal.append(byte)
        index = next
      case UInt8(ascii: "%"):
        try parseToken()
      case let byte:
        literal.append(byte)
        index += 1
      }
    }
    endLiteral()
    return instructions
  }

  private mutating func endLiteral() {
    guard !literal.isEmpty else { return }
    instructions.append(.literal(Bytes(copying: literal)))
    literal = []
  }

  private mutating func parseToken() throws(UsageError) {
    let start = index
    guard start + 1 < text.count else { throw error("a % at the end stands for nothing", at: start) }
    let letter = text[start + 1]
    index = start + 2
    if letter == UInt8(ascii: "%") {
      literal.append(letter)
      return
    }
    let modifier = try parseModifier()
    guard let instruction = Self.instruction(letter, modifier.map { String(decoding: $0, as: UTF8.self) }) else {
      let token = String(decoding: text[start..<index], as: UTF8.self)
      let isKnown = Self.instruction(letter, nil) != nil
      throw error(isKnown ? "unknown modifier in '\(token)'" : "unknown token '\(token)'", at: start)
    }
    endLiteral()
    instructions.append(instruction)
  }

  /// The text between braces that follow the letter, when some do.
  private mutating func parseModifier() throws(UsageError) -> [UInt8]? {
    guard index < text.count, text[index] == UInt8(ascii: "{") else { return nil }
    guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")) else {
      throw error("the brace is not closed", at: index)
    }
    defer { index = end + 1 }
    return Array(text[(index + 1)..<end])
  }

  private static func instruction(_ letter: UInt8, _ modifier: String?) -> FormatProgram.Instruction? {
    switch (Character(UnicodeScalar(letter)), modifier) {
    case ("s", _): encoding(modifier).map { .value($0) }
    case ("k", _): encoding(modifier).map { .key($0) }
    case ("t", nil): .topic
    case ("p", nil): .partition
    case ("o", nil): .offset
    case ("T", nil): .milliseconds
    case ("T", "iso"): .iso8601
    case ("h", nil): .headers
    case ("h", let name?): name.isEmpty ? nil : .header(Bytes(utf8: name))
    case ("S", nil): .valueLength
    case ("K", nil): .keyLength
    case ("R", nil): .bigEndianValueLength
    default: nil
    }
  }

  private static func encoding(_ modifier: String?) -> FormatProgram.Encoding? {
    switch modifier {
    case nil: .exact
    case "hex": .hex
    case "base64": .base64
    default: nil
    }
  }

  private func error(_ problem: String, at index: Int) -> UsageError {
    UsageError(
      problem, advice: "the tokens are %s %k %t %p %o %T %h %S %K %R %%", caret: .pointing(at: index, in: text))
  }
}
