import Buffers

/// Terms: a text, a field, or a field with an operator and a literal.
extension FilterParser {
  private static let fields = "key, value, header.NAME, topic, partition, offset, timestamp and size"

  enum Operator {
    case equals, matches, contains
    case orders(FilterComparison)
  }

  mutating func term() throws(UsageError) -> FilterExpression {
    skipBlanks()
    let start = index
    guard let first = next else { throw error("here a field or a text in quotes is expected", at: index) }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      return .test(.anywhere, .contains(Bytes(copying: try literal().bytes)))
    }
    let field = try field()
    skipBlanks()
    let place = index
    guard let (operation, isNegated) = takeOperator() else {
      guard isAtEndOfTerm else { throw unknownWord(from: start) }
      return .test(field, .isPresent)
    }
    if next == UInt8(ascii: "~") {
      throw error("there is no such operator", at: place, advice: "~ finds a regular expression, !~ is its negation")
    }
    skipBlanks()
    let test = FilterExpression.test(field, try condition(field, operation, operatorAt: place))
    return isNegated ? .not(test) : test
  }

  /// Whether a term may end here.
  private var isAtEndOfTerm: Bool {
    guard let next, index > 0 else { return true }
    return Self.isBlank(text[index - 1]) || next == UInt8(ascii: ")") || "&|".utf8.contains(next)
  }

  // MARK: Fields

  private mutating func field() throws(UsageError) -> FilterField {
    let start = index
    while let byte = next, Self.isNameByte(byte) { index += 1 }
    let name = String(decoding: text[start..<index], as: UTF8.self)
    switch name {
    case "key":
      let path = try path()
      return path.isEmpty ? .key : .keyPath(path)
    case "value":
      let path = try path()
      return path.isEmpty ? .value : .valuePath(path)
    case "header":
      guard take(sign: ".") else {
        throw error("which header is missing", at: index, advice: "write header.NAME")
      }
      return .header(try headerName())
    case "topic": return .topic
    case "partition": return .partition
    case "offset": return .offset
    case "timestamp": return .timestamp
    case "size": return .size
    default: throw unknownWord(from: start)
    }
  }

  /// What is said of a word that is no field: whether it was meant as a text, or as a field.
  private func unknownWord(from start: Int) -> UsageError {
    var end = start
    while end < text.count, !Self.isBlank(text[end]), !")=~<>".utf8.contains(text[end]) { end += 1 }
    let word = String(decoding: text[start..<end], as: UTF8.self)
    let isCompared = end < text.count && "=~<>".utf8.contains(text[end])
    guard !word.isEmpty else { return error("here a field or a text in quotes is expected", at: start) }
    return error(
      "'\(word)' is no field", at: start,
      advice: isCompared
        ? "the fields are \(Self.fields); a field of JSON is value.NAME" : "write \"\(word)\" to look for that text")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...: true
    default: false
    }
  }

  private mutating func path() throws(UsageError) -> [JSONPathStep] {
    var steps: [JSONPathStep] = []
    while true {
      if take(sign: ".") {
        steps.append(.member(try memberName()))
      } else if take(sign: "[") {
        steps.append(try element())
      } else {
        return steps
      }
    }
  }

  private mutating func memberName() throws(UsageError) -> Bytes {
    if let byte = next, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return Bytes(copying: try quoted())
    }
    return try name { byte in byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") }
  }

  private mutating func headerName() throws(UsageError) -> Bytes {
    if let byte = next, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      return Bytes(copying: try quoted())
    }
    return try name { _ in false }
  }

  /// A name up to a blank, a closing parenthesis, an operator, or what `ends` says.
  private mutating func name(_ ends: (UInt8) -> Bool) throws(UsageError) -> Bytes {
    let start = index
    while let byte = next, !Self.isBlank(byte), !")=~<>".utf8.contains(byte), !ends(byte) {
      let following = index + 1 < text.count ? text[index + 1] : 0
      if byte == UInt8(ascii: "!"), "=~".utf8.contains(following) { break }
      if byte == UInt8(ascii: "*"), following == UInt8(ascii: "=") { break }
      index += 1
    }
    guard index > start else { throw error("a name is missing", at: index, advice: "one with blanks has quotes") }
    return Bytes(copying: text[start..<index])
  }

  private mutating func element() throws(UsageError) -> JSONPathStep {
    if take(sign: "]") { return .anyElement }
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    let number = DecimalNumber.parse(String(decoding: text[start..<index], as: UTF8.self))
    guard let number, take(sign: "]") else {
      throw error("no element of an array", at: start, advice: "write [N], counted from 0, or [] for any")
    }
    return .element(number)
  }

  // MARK: Operators

  private mutating func takeOperator() -> (Operator, isNegated: Bool)? {
    if take(sign: "!=") { return (.equals, true) }
    if take(sign: "!~") { return (.matches, true) }
    if take(sign: "*=") { return (.contains, false) }
    if take(sign: "<=") { return (.orders(.lessOrEqual), false) }
    if take(sign: ">=") { return (.orders(.greaterOrEqual), false) }
    if take(sign: "<") { return (.orders(.less), false) }
    if take(sign: ">") { return (.orders(.greater), false) }
    if take(sign: "==") || take(sign: "=") { return (.equals, false) }
    if take(sign: "~") { return (.matches, false) }
    return nil
  }

  private mutating func condition(
    _ field: FilterField, _ operation: Operator, operatorAt place: Int
  ) throws(UsageError) -> FilterCondition {
    switch field {
    case .partition, .offset, .size: return try numberCondition(operation, operatorAt: place)
    case .timestamp: return try timeCondition(operation, operatorAt: place)
    case .topic:
      if case .orders = operation {
        throw error("a topic is no number", at: place, advice: "use = != ~ !~ or *=")
      }
      return try bytesCondition(operation)
    default: return try bytesCondition(operation)
    }
  }

  private mutating func bytesCondition(_ operation: Operator) throws(UsageError) -> FilterCondition {
    let start = index
    let literal = try literal()
    let number = literal.isBare ? FilterNumber(literal.bytes) : nil
    switch operation {
    case .equals where literal.isBare && literal.bytes.elementsEqual("null".utf8): return .isNull
    case .equals: return .equals(Bytes(copying: literal.bytes), number: number, isBare: literal.isBare)
    case .contains: return .contains(Bytes(copying: literal.bytes))
    case .matches:
      do throws(BytePattern.SyntaxError) {
        patterns.append(try BytePattern(parsing: literal.bytes))
      } catch {
        // With escapes, places in the pattern are not places in the text.
        throw self.error(
          error.problem, at: literal.hasEscapes ? start : literal.start + error.offset, advice: error.advice)
      }
      return .matches(patterns.count - 1)
    case .orders(let comparison):
      guard let number else {
        throw error("what orders needs a number", at: start, advice: "without quotes, such as 1400 or 2.5")
      }
      return .compares(comparison, number)
    }
  }

  private func comparison(
    _ operation: Operator, _ kind: String, operatorAt place: Int
  ) throws(UsageError) -> FilterComparison {
    switch operation {
    case .equals: return .equal
    case .orders(let comparison): return comparison
    case .matches, .contains: throw error("\(kind) is no text", at: place, advice: "use = != < <= > or >=")
    }
  }

  private mutating func numberCondition(
    _ operation: Operator, operatorAt place: Int
  ) throws(UsageError) -> FilterCondition {
    let comparison = try comparison(operation, "a number", operatorAt: place)
    let start = index
    guard let number = DecimalNumber.parse(String(decoding: try literal().bytes, as: UTF8.self)) else {
      throw error("here a whole number is expected", at: start)
    }
    return .compares(comparison, FilterNumber(number))
  }

  private mutating func timeCondition(
    _ operation: Operator, operatorAt place: Int
  ) throws(UsageError) -> FilterCondition {
    let comparison = try comparison(operation, "a time", operatorAt: place)
    let start = index
    let word = String(decoding: try literal().bytes, as: UTF8.self)
    do throws(UsageError) {
      if word.hasPrefix("-") { return .isAgo(comparison, try Duration(argument: String(word.dropFirst()))) }
      let time = try TimeArgument.milliseconds(word.hasPrefix("@") ? String(word.dropFirst()) : word)
      return .compares(comparison, FilterNumber(time))
    } catch {
      throw self.error(error.problem, at: start, advice: error.advice)
    }
  }
}
