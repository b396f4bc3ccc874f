/// Literals: bare words, and texts in quotes.
extension FilterParser {
  struct Literal {
    var bytes: [UInt8]
    /// Whether it was written without quotes, so that it may be a number or null.
    var isBare: Bool
    var hasEscapes = false
    /// Where its first byte is.
    var start: Int
  }

  mutating func literal() throws(UsageError) -> Literal {
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let start = index
      let bytes = try quoted()
      if let byte = next, !Self.isBlank(byte), !")&|".utf8.contains(byte) {
        throw error("something follows the closing quote", at: index)
      }
      return Literal(
        bytes: bytes, isBare: false,
        hasEscapes: text[start] == UInt8(ascii: "\"") && text[start..<index].contains(0x5C), start: start + 1)
    default: return try bareWord()
    }
  }

  /// A word up to a blank, or to a closing parenthesis that it has not opened itself.
  private mutating func bareWord() throws(UsageError) -> Literal {
    let start = index
    var depth = 0
    while let byte = next, !Self.isBlank(byte) {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        guard depth > 0 else { break }
        depth -= 1
      }
      index += 1
    }
    guard index > start else { throw error("a value is missing", at: index, advice: "the empty text is \"\"") }
    return Literal(bytes: Array(text[start..<index]), isBare: true, start: start)
  }

  /// A text in double quotes, with escapes, or in single quotes, without.
  mutating func quoted() throws(UsageError) -> [UInt8] {
    let start = index
    let quote = text[start]
    var bytes: [UInt8] = []
    index += 1
    while let byte = next {
      if byte == quote {
        index += 1
        return bytes
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if index + 1 < text.count, text[index + 1] == quote {
          bytes.append(quote)
          index += 2
        } else {
          let (unescaped, following) = try ByteEscapes.byte(in: text, at: index)
          bytes.append(unescaped)
          index = following
        }
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    throw error("this quote is not closed", at: start)
  }
}
