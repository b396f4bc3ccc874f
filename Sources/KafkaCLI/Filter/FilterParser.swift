import Buffers

/// Reads filter expressions:
///
///     expr = and { ("or" | "||") and }
///     and  = not { ("and" | "&&") not }
///     not  = [ "!" | "not" ] ( "(" expr ")" | term )
///
/// Terms are in an extension.
struct FilterParser {
  /// How deep parentheses may nest.
  static let maximumDepth = 64

  var text: [UInt8] = []
  var index = 0
  private var depth = 0
  /// The patterns of all expressions that were read.
  var patterns: [BytePattern] = []

  /// Reads one expression, which has to be all of the text.
  mutating func parse(_ text: [UInt8]) throws(UsageError) -> FilterExpression {
    self.text = text
    index = 0
    depth = 0
    let expression = try disjunction()
    guard index == text.count else {
      if text[index] == UInt8(ascii: ")") { throw error("this ) closes nothing", at: index) }
      throw error("here 'and', 'or' or the end is expected", at: index)
    }
    return expression
  }

  private mutating func disjunction() throws(UsageError) -> FilterExpression {
    var parts = [try conjunction()]
    while take(word: "or", sign: "||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(UsageError) -> FilterExpression {
    var parts = [try negation()]
    while take(word: "and", sign: "&&") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(UsageError) -> FilterExpression {
    guard take(word: "not", sign: "!") else { return try operand() }
    return .not(try operand())
  }

  private mutating func operand() throws(UsageError) -> FilterExpression {
    skipBlanks()
    let start = index
    guard take(sign: "(") else { return try term() }
    guard depth < Self.maximumDepth else {
      throw error("parentheses nest deeper than \(Self.maximumDepth)", at: start)
    }
    depth += 1
    let expression = try disjunction()
    guard take(sign: ")") else {
      guard index == text.count else { throw error("here 'and', 'or' or ) is expected", at: index) }
      throw error("this ( is not closed", at: start)
    }
    depth -= 1
    skipBlanks()
    return expression
  }

  // MARK: Words and signs

  /// The next byte, or nil at the end.
  var next: UInt8? { index < text.count ? text[index] : nil }

  mutating func skipBlanks() { while let byte = next, Self.isBlank(byte) { index += 1 } }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  mutating func take(sign: StaticString) -> Bool {
    let count = sign.utf8CodeUnitCount
    guard text.count - index >= count,
      sign.withUTF8Buffer({ $0.elementsEqual(text[index..<index + count]) })
    else { return false }
    index += count
    return true
  }

  /// Takes a word that is not the beginning of a longer one, or the sign that stands for it.
  private mutating func take(word: StaticString, sign: StaticString) -> Bool {
    skipBlanks()
    let start = index
    if take(sign: sign) { return true }
    guard take(sign: word) else { return false }
    if let byte = next, !Self.isBlank(byte), !"(!\"'".utf8.contains(byte) {
      index = start
      return false
    }
    return true
  }

  func error(_ problem: String, at place: Int, advice: String? = nil) -> UsageError {
    UsageError(problem, advice: advice, caret: .pointing(at: place, in: text))
  }
}
