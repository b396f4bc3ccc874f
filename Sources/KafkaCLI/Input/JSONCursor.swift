import Buffers

/// Reads JSON (RFC 8259) piece by piece, without making values of it.
///
/// Allocates nothing: a string without escapes is told by its place in the text, another is put together in a buffer of
/// the caller's.
struct JSONCursor {
  /// How deep arrays and objects may nest.
  static let maximumDepth = 64

  let bytes: UnsafeRawBufferPointer
  var position = 0

  /// - Parameter bytes: The text, which must live as long as the cursor.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func error(_ problem: String, at offset: Int? = nil) -> JSONRecordError {
    JSONRecordError(offset: offset ?? position, problem: problem)
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { position += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func take(literal: StaticString) throws(JSONRecordError) {
    let count = literal.utf8CodeUnitCount
    guard isLiteral(literal, in: position..<min(position + count, bytes.count)) else { throw error("no value") }
    position += count
  }

  /// Whether the bytes of `range` are these.
  func isLiteral(_ literal: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == literal.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] != literal.utf8Start[index] { return false }
    return true
  }

  /// Takes a whole number.
  mutating func integer() throws(JSONRecordError) -> Int64 {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    let first = position
    var number: Int64 = 0
    while let byte = next, 0x30...0x39 ~= byte {
      let (product, overflows) = number.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - 0x30)
      let (sum, overflowsToo) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      guard !overflows, !overflowsToo else { throw error("the number does not fit into 64 bits", at: start) }
      number = sum
      position += 1
    }
    guard position > first else { throw error("no whole number", at: start) }
    guard bytes[first] != 0x30 || position == first + 1 else {
      throw error("a number with a zero before it", at: start)
    }
    if let byte = next, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
      throw error("no whole number", at: start)
    }
    return number
  }

  /// Passes any value by and checks its grammar.
  ///
  /// - Parameter scratch: Where strings with escapes are put together meanwhile.
  mutating func skipValue(_ scratch: inout BytesBuilder) throws(JSONRecordError) {
    /// A bit for each container that is open, the innermost lowest: whether it is an object.
    var objects: UInt64 = 0
    var depth = 0
    let kept = scratch.count
    while true {
      skipSpace()
      switch next {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth)") }
        let isObject = next == UInt8(ascii: "{")
        objects = objects &<< 1 | (isObject ? 1 : 0)
        depth += 1
        position += 1
        skipSpace()
        if next != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          if isObject { try skipName(&scratch) }
          continue
        }
      case UInt8(ascii: "\""): _ = try string(&scratch)
      case UInt8(ascii: "t"): try take(literal: "true")
      case UInt8(ascii: "f"): try take(literal: "false")
      case UInt8(ascii: "n"): try take(literal: "null")
      default: try skipNumber()
      }
      scratch.truncate(to: kept)
      // A value has ended: containers may end, or another value follows.
      while depth > 0 {
        skipSpace()
        guard take(objects & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { break }
        objects &>>= 1
        depth -= 1
      }
      if depth == 0 { return }
      guard take(UInt8(ascii: ",")) else { throw error(objects & 1 == 1 ? "no ',' or '}'" : "no ',' or ']'") }
      skipSpace()
      if objects & 1 == 1 { try skipName(&scratch) }
    }
  }

  private mutating func skipName(_ scratch: inout BytesBuilder) throws(JSONRecordError) {
    guard next == UInt8(ascii: "\"") else { throw error("no field name") }
    _ = try string(&scratch)
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw error("no ':'") }
  }

  private mutating func skipNumber() throws(JSONRecordError) {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try skipDigits() }
    if take(UInt8(ascii: ".")) { try skipDigits() }
    if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try skipDigits()
    }
  }

  private mutating func skipDigits() throws(JSONRecordError) {
    let start = position
    while let byte = next, 0x30...0x39 ~= byte { position += 1 }
    guard position > start else { throw error(position == bytes.count ? "the text ends too early" : "no value") }
  }
}
