import Buffers

extension JSONLimits {
  /// What the JSON of a record may be.
  static var record: JSONLimits { JSONLimits(depth: 64, requiresText: true) }
}

extension JSONCursor {
  func error(_ problem: String, at offset: Int? = nil) -> JSONRecordError {
    JSONRecordError(offset: offset ?? position, problem: problem)
  }

  /// What kept the cursor from passing something.
  private var faultError: JSONRecordError { error(fault.problem(limits)) }

  /// Takes a key, value or header: a string, null, or an object with the one member `base64`.
  ///
  /// - Parameter embeds: Whether any other value stands for exactly the bytes that it has in the text.
  mutating func field(_ scratch: inout BytesBuilder, embeds: Bool) throws(JSONRecordError) -> FieldPlace {
    switch next {
    case UInt8(ascii: "\""): return try string(&scratch)
    case UInt8(ascii: "n"):
      try takeNull()
      return .null
    case UInt8(ascii: "{"):
      if let place = try base64(&scratch) { return place }
    case nil: throw error("the text ends too early")
    default: break
    }
    guard embeds else { throw error("neither a string, null nor {\"base64\":\"…\"}") }
    let start = position
    guard skipValue() else { throw faultError }
    return .text(start..<position)
  }

  mutating func takeNull() throws(JSONRecordError) {
    guard take("null") else { throw error("no value") }
  }

  /// Takes a string, whose opening quote is next. It must be UTF-8 and have no control character but as an escape.
  mutating func string(_ scratch: inout BytesBuilder) throws(JSONRecordError) -> FieldPlace {
    position += 1
    let start = position
    guard skipPlain() else { throw faultError }
    if take(UInt8(ascii: "\"")) { return .text(start..<(position - 1)) }
    let decoded = scratch.count
    var from = start
    while true {
      scratch.append(UnsafeRawBufferPointer(rebasing: bytes[from..<position]).bytes)
      if take(UInt8(ascii: "\"")) { return .decoded(decoded..<scratch.count) }
      guard let character = takeEscape() else { throw faultError }
      scratch.append(character)
      from = position
      guard skipPlain() else { throw faultError }
    }
  }

  /// Takes a whole number.
  mutating func integer() throws(JSONRecordError) -> Int64 {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    let first = position
    var magnitude: UInt64 = 0
    while let byte = next, 0x30...0x39 ~= byte {
      // 19 digits fit whatever they are.
      guard position - first < 19 else { throw error("the number does not fit into 64 bits", at: start) }
      magnitude = magnitude &* 10 &+ UInt64(byte &- 0x30)
      position += 1
    }
    guard position > first else { throw error("no whole number", at: start) }
    guard bytes[first] != 0x30 || position == first + 1 else {
      throw error("a number with a zero before it", at: start)
    }
    if let byte = next, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
      throw error("no whole number", at: start)
    }
    guard let number = isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude) else {
      throw error("the number does not fit into 64 bits", at: start)
    }
    return number
  }

  /// Takes `{"base64":"…"}`, or nothing when the object that is next begins otherwise.
  private mutating func base64(_ scratch: inout BytesBuilder) throws(JSONRecordError) -> FieldPlace? {
    var cursor = self
    let kept = scratch.count
    cursor.position += 1
    cursor.skipBlanks()
    guard cursor.next == UInt8(ascii: "\"") else { return nil }
    let name = try cursor.string(&scratch)
    let isBase64 = cursor.isName("base64", name, scratch)
    scratch.truncate(to: kept)
    guard isBase64 else { return nil }
    cursor.skipBlanks()
    guard cursor.take(UInt8(ascii: ":")) else { throw cursor.error("no ':'") }
    cursor.skipBlanks()
    guard cursor.take(UInt8(ascii: "\"")) else { throw cursor.error("base64 is no string") }
    let place = try cursor.base64Text(&scratch)
    cursor.skipBlanks()
    guard cursor.take(UInt8(ascii: "}")) else {
      throw cursor.error("something beside base64; an object that begins with it has nothing else")
    }
    self = cursor
    return place
  }

  /// Takes base64 up to the closing quote.
  private mutating func base64Text(_ scratch: inout BytesBuilder) throws(JSONRecordError) -> FieldPlace {
    let start = position
    var decoder = Base64Decoder()
    let decoded = scratch.count
    // No memory is reserved for what is behind the value.
    let rest = UnsafeRawBufferPointer(rebasing: bytes[start...]).bytes
    let end = start + (rest.firstOffset(of: UInt8(ascii: "\"")) ?? rest.byteCount)
    while true {
      position += decoder.takeGroups(UnsafeRawBufferPointer(rebasing: bytes[position..<end]), to: &scratch)
      guard let byte = next, byte != UInt8(ascii: "\"") else { break }
      if byte == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "/") {
        position += 1
      }
      guard decoder.take(bytes[position], to: &scratch) else { throw error("no base64") }
      position += 1
    }
    guard decoder.isComplete else { throw error("no base64", at: start) }
    guard take(UInt8(ascii: "\"")) else { throw error("a string without its end") }
    return .decoded(decoded..<scratch.count)
  }

  /// Whether a string is this one.
  @inline(__always)
  func isName(_ name: StaticString, _ place: FieldPlace, _ scratch: borrowing BytesBuilder) -> Bool {
    switch place {
    case .null: return false
    case .text(let range): return isWord(name, in: range)
    case .decoded(let range):
      return scratch.span.withUnsafeBytes { JSONCursor($0, limits: limits).isWord(name, in: range) }
    }
  }
}

extension BytesBuilder {
  fileprivate mutating func append(_ character: Unicode.Scalar) {
    for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter { append(byte: byte) }
  }
}
