/// Reads POSIX extended regular expressions over bytes (IEEE 1003.1, 9.4).
struct BytePatternParser {
  /// How deep groups may nest.
  private static let maximumDepth = 64
  /// How often something may be repeated by count, which POSIX calls RE_DUP_MAX.
  private static let maximumCount = 255

  private let text: [UInt8]
  private var index = 0
  private var depth = 0

  init(text: [UInt8]) { self.text = text }

  mutating func parse() throws(BytePattern.SyntaxError) -> BytePatternNode {
    let node = try alternatives()
    guard index == text.count else { throw error("this ) closes nothing", advice: "write \\) for the character") }
    return node
  }

  private var next: UInt8? { index < text.count ? text[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    index += 1
    return true
  }

  private func error(_ problem: String, at place: Int? = nil, advice: String? = nil) -> BytePattern.SyntaxError {
    BytePattern.SyntaxError(problem: problem, offset: min(place ?? index, text.count), advice: advice)
  }

  private mutating func alternatives() throws(BytePattern.SyntaxError) -> BytePatternNode {
    var parts = [try sequence()]
    while take("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence() throws(BytePattern.SyntaxError) -> BytePatternNode {
    var parts: [BytePatternNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let start = index
      var part = try atom()
      var isRepeated = false
      while let (minimum, maximum) = try repetition() {
        guard !isRepeated else { throw error("two repetitions follow each other", at: start, advice: "use a group") }
        isRepeated = true
        part = .repeated(part, minimum: minimum, maximum: maximum)
      }
      parts.append(part)
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repetition() throws(BytePattern.SyntaxError) -> (minimum: Int, maximum: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = index
    guard take("{") else { return nil }
    guard let minimum = count() else {
      throw error("a { without a count", at: start, advice: "write \\{ for the character")
    }
    var maximum: Int? = minimum
    if take(",") { maximum = next == UInt8(ascii: "}") ? nil : count() ?? -1 }
    guard take("}") else { throw error("a { without its }", at: start, advice: "write \\{ for the character") }
    guard maximum.map({ $0 >= minimum && $0 <= Self.maximumCount }) ?? true, minimum <= Self.maximumCount else {
      throw error("the counts are out of order or above \(Self.maximumCount)", at: start)
    }
    return (minimum, maximum)
  }

  private mutating func count() -> Int? {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    return DecimalNumber.parse(String(decoding: text[start..<index], as: UTF8.self)).map { Int(clamping: $0) }
  }

  private mutating func atom() throws(BytePattern.SyntaxError) -> BytePatternNode {
    let start = index
    guard let byte = next else { return .sequence([]) }
    index += 1
    switch byte {
    case UInt8(ascii: "("): return try group(from: start)
    case UInt8(ascii: "["): return .bytes(try bracket(from: start))
    case UInt8(ascii: "."): return .bytes(.all)
    case UInt8(ascii: "^"): return .begin
    case UInt8(ascii: "$"): return .end
    case UInt8(ascii: "\\"): return .bytes(try escape(from: start))
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      let character = Character(Unicode.Scalar(byte))
      throw error("nothing to repeat before \(character)", at: start, advice: "write \\\(character) for the character")
    default: return .bytes(ByteSet([byte]))
    }
  }

  private mutating func group(from start: Int) throws(BytePattern.SyntaxError) -> BytePatternNode {
    guard next != UInt8(ascii: "?") else {
      throw error("(?…) is not known", at: start, advice: "the language is that of POSIX extended regular expressions")
    }
    guard depth < Self.maximumDepth else { throw error("groups nest deeper than \(Self.maximumDepth)", at: start) }
    depth += 1
    let node = try alternatives()
    guard take(")") else { throw error("this ( is not closed", at: start) }
    depth -= 1
    return node
  }

  private mutating func escape(from start: Int) throws(BytePattern.SyntaxError) -> ByteSet {
    guard let byte = next else { throw error("a backslash at the end stands for nothing", at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return ByteSet([0x0A])
    case UInt8(ascii: "r"): return ByteSet([0x0D])
    case UInt8(ascii: "t"): return ByteSet([0x09])
    case UInt8(ascii: "x"):
      guard index + 2 <= text.count,
        let value = UInt8(String(decoding: text[index..<index + 2], as: UTF8.self), radix: 16),
        text[index] != UInt8(ascii: "+")
      else { throw error("\\x needs two hexadecimal digits", at: start) }
      index += 2
      return ByteSet([value])
    case UInt8(ascii: "d"): return Self.digits
    case UInt8(ascii: "D"): return Self.digits.inverted
    case UInt8(ascii: "s"): return Self.spaces
    case UInt8(ascii: "S"): return Self.spaces.inverted
    case UInt8(ascii: "w"): return Self.wordBytes
    case UInt8(ascii: "W"): return Self.wordBytes.inverted
    case 0x31...0x39:
      throw error("a group cannot be referred to", at: start, advice: "that would take more than linear time")
    case 0x30, 0x41...0x5A, 0x61...0x7A: throw error("unknown escape", at: start)
    default: return ByteSet([byte])
    }
  }

  // MARK: Sets

  private static let digits = ByteSet(0x30...0x39)
  private static let spaces = ByteSet([0x20] + Array(0x09...0x0D))
  private static let wordBytes = ByteSet([0x5F] + Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A))

  private static let classes: [String: ByteSet] = [
    "alnum": ByteSet(Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A)),
    "alpha": ByteSet(Array(0x41...0x5A) + Array(0x61...0x7A)),
    "blank": ByteSet([0x09, 0x20]),
    "cntrl": ByteSet(Array(0x00...0x1F) + [0x7F]),
    "digit": digits,
    "graph": ByteSet(0x21...0x7E),
    "lower": ByteSet(0x61...0x7A),
    "print": ByteSet(0x20...0x7E),
    "punct": ByteSet(Array(0x21...0x2F) + Array(0x3A...0x40) + Array(0x5B...0x60) + Array(0x7B...0x7E)),
    "space": spaces,
    "upper": ByteSet(0x41...0x5A),
    "xdigit": ByteSet(Array(0x30...0x39) + Array(0x41...0x46) + Array(0x61...0x66)),
  ]

  /// Reads a set in brackets, in which a backslash stands for itself.
  private mutating func bracket(from start: Int) throws(BytePattern.SyntaxError) -> ByteSet {
    var set = ByteSet()
    let isInverted = take("^")
    var isFirst = true
    while let byte = next {
      if byte == UInt8(ascii: "]"), !isFirst {
        index += 1
        return isInverted ? set.inverted : set
      }
      isFirst = false
      if byte == UInt8(ascii: "["), index + 1 < text.count, ":.=".utf8.contains(text[index + 1]) {
        set.formUnion(try namedClass())
        continue
      }
      index += 1
      guard next == UInt8(ascii: "-"), index + 1 < text.count, text[index + 1] != UInt8(ascii: "]") else {
        set.insert(byte)
        continue
      }
      let last = text[index + 1]
      guard byte <= last else { throw error("the range ends before it begins", at: index - 1) }
      for member in byte...last { set.insert(member) }
      index += 2
    }
    throw error("this [ is not closed", at: start)
  }

  private mutating func namedClass() throws(BytePattern.SyntaxError) -> ByteSet {
    let start = index
    guard text[index + 1] == UInt8(ascii: ":") else { throw error("bytes have no collating elements", at: start) }
    index += 2
    let first = index
    while let byte = next, (0x61...0x7A).contains(byte) { index += 1 }
    let name = String(decoding: text[first..<index], as: UTF8.self)
    guard take(":"), take("]"), let set = Self.classes[name] else {
      throw error("unknown class of characters", at: start, advice: "such as [[:digit:]] or [[:alpha:]]")
    }
    return set
  }
}
