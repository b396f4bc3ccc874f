/// The text of a line of a properties file: a key and a value with escapes.
enum PropertyText {
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0C }

  /// Divides a line that has no blanks in front of it, and replaces its escapes.
  static func split(_ line: [UInt8]) throws(UsageError) -> (key: String, value: String) {
    var reader = EscapeReader(line)
    let key = try reader.read { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || isBlank($0) }
    reader.skip(while: isBlank)
    if reader.skip(ifOneOf: [UInt8(ascii: "="), UInt8(ascii: ":")]) { reader.skip(while: isBlank) }
    let value = try reader.read { _ in false }
    // Blanks that are escaped stay, whatever comes of them.
    return (try text(key.bytes), try text(Array(value.bytes.prefix(value.significant))))
  }

  static func text(_ bytes: [UInt8]) throws(UsageError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw UsageError("the line is not UTF-8") }
    return text
  }
}

/// Reads bytes and replaces escapes by what they stand for.
private struct EscapeReader {
  private let line: [UInt8]
  private var index = 0

  init(_ line: [UInt8]) { self.line = line }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while index < line.count, condition(line[index]) { index += 1 }
  }

  mutating func skip(ifOneOf bytes: [UInt8]) -> Bool {
    guard index < line.count, bytes.contains(line[index]) else { return false }
    index += 1
    return true
  }

  /// Reads up to a byte that is not escaped and ends the text.
  ///
  /// - Returns: The bytes, and how many there are without blanks at the end that were not escaped.
  mutating func read(
    until isEnd: (UInt8) -> Bool
  ) throws(UsageError) -> (bytes: [UInt8], significant: Int) {
    var bytes: [UInt8] = []
    var significant = 0
    while index < line.count, !isEnd(line[index]) {
      let byte = line[index]
      index += 1
      if byte == UInt8(ascii: "\\"), index < line.count {
        try appendEscaped(to: &bytes)
        significant = bytes.count
      } else {
        bytes.append(byte)
        if !PropertyText.isBlank(byte) { significant = bytes.count }
      }
    }
    return (bytes, significant)
  }

  private mutating func appendEscaped(to bytes: inout [UInt8]) throws(UsageError) {
    let byte = line[index]
    index += 1
    switch byte {
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "u"): bytes += String(try character()).utf8
    default: bytes.append(byte)
    }
  }

  /// The character of a `\u`, or of two where UTF-16 needs two.
  private mutating func character() throws(UsageError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first), first > 0 { return scalar }
    let isPair =
      UTF16.isLeadSurrogate(first) && skip(ifOneOf: [UInt8(ascii: "\\")]) && skip(ifOneOf: [UInt8(ascii: "u")])
    if isPair {
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) { return UTF16.decode(.init(UTF16.EncodedScalar([first, second]))) }
    }
    throw UsageError("\\u stands for no character", advice: "write four hexadecimal digits of UTF-16")
  }

  private mutating func codeUnit() throws(UsageError) -> UInt16 {
    let digits = line[index...].prefix(4)
    guard digits.count == 4, let text = String(validating: digits, as: UTF8.self),
      text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16)
    else { throw UsageError("\\u needs four hexadecimal digits") }
    index += 4
    return unit
  }
}
