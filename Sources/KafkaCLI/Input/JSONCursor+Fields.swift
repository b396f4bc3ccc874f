import Buffers

/// Where the bytes of a field of the input are.
enum FieldPlace: Equatable, Sendable {
  case null
  /// In the text itself.
  case text(Range<Int>)
  /// In the buffer in which they were put together.
  case decoded(Range<Int>)

  var byteCount: Int {
    switch self {
    case .null: 0
    case .text(let range), .decoded(let range): range.count
    }
  }
}

extension JSONCursor {
  /// Takes a key, value or header: a string, null, or an object with the one member `base64`.
  ///
  /// - Parameter embeds: Whether any other value stands for exactly the bytes that it has in the text.
  mutating func field(_ scratch: inout BytesBuilder, embeds: Bool) throws(JSONRecordError) -> FieldPlace {
    switch next {
    case UInt8(ascii: "\""): return try string(&scratch)
    case UInt8(ascii: "n"):
      try take(literal: "null")
      return .null
    case UInt8(ascii: "{"):
      if let place = try base64(&scratch) { return place }
    case nil: throw error("the text ends too early")
    default: break
    }
    guard embeds else { throw error("neither a string, null nor {\"base64\":\"…\"}") }
    let start = position
    try skipValue(&scratch)
    return .text(start..<position)
  }

  /// Takes a string, whose opening quote is next. It must be UTF-8 and have no control character but as an escape.
  mutating func string(_ scratch: inout BytesBuilder) throws(JSONRecordError) -> FieldPlace {
    position += 1
    let start = position
    try skipPlain()
    if take(UInt8(ascii: "\"")) { return .text(start..<(position - 1)) }
    let decoded = scratch.count
    var from = start
    while true {
      scratch.append(bytes[from..<position])
      if take(UInt8(ascii: "\"")) { return .decoded(decoded..<scratch.count) }
      guard take(UInt8(ascii: "\\")) else { throw error("a string without its end") }
      try escape(&scratch)
      from = position
      try skipPlain()
    }
  }

  /// Goes to the next quote or backslash, or to the end of the text.
  private mutating func skipPlain() throws(JSONRecordError) {
    while true {
      skipPlainWords()
      guard let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return }
      guard byte >= 0x20 else { throw error("a control character in a string; write it as \\u00XX") }
      guard let length = UTF8Sequence.length(in: bytes, at: position) else {
        throw error("bytes that are not UTF-8; write {\"base64\":\"…\"} for them")
      }
      position += length
    }
  }

  /// Passes by eight bytes at a time as long as all of them are ASCII and stand for themselves.
  private mutating func skipPlainWords() {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs = ones << 7
    while position + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let quotes = word ^ (ones * 0x22)
      let backslashes = word ^ (ones * 0x5C)
      // A byte below n borrows from its high bit; a false alarm beside a true one does no harm.
      let low = (word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones)
      guard (word | low) & highs == 0 else { return }
      position += 8
    }
  }

  /// Takes what follows a backslash.
  private mutating func escape(_ scratch: inout BytesBuilder) throws(JSONRecordError) {
    guard let byte = next else { throw error("a string without its end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte: byte)
    case UInt8(ascii: "b"): scratch.append(byte: 0x08)
    case UInt8(ascii: "f"): scratch.append(byte: 0x0C)
    case UInt8(ascii: "n"): scratch.append(byte: 0x0A)
    case UInt8(ascii: "r"): scratch.append(byte: 0x0D)
    case UInt8(ascii: "t"): scratch.append(byte: 0x09)
    case UInt8(ascii: "u"): try unicodeEscape(&scratch)
    default: throw error("unknown escape", at: position - 2)
    }
  }

  private mutating func unicodeEscape(_ scratch: inout BytesBuilder) throws(JSONRecordError) {
    let start = position - 2
    var code = try codeUnit()
    // Beyond the first 65536 a character is two escapes (UTF-16).
    if 0xD800..<0xDC00 ~= code, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try codeUnit()
      if 0xDC00..<0xE000 ~= second { code = 0x10000 + (code & 0x3FF) << 10 + second & 0x3FF }
    }
    switch code {
    case ..<0x80: scratch.append(byte: UInt8(code))
    case ..<0x800: scratch.append(utf8: code, lead: 0xC0, tail: 1)
    case 0xD800..<0xE000: throw error("half of a surrogate pair", at: start)
    case ..<0x10000: scratch.append(utf8: code, lead: 0xE0, tail: 2)
    default: scratch.append(utf8: code, lead: 0xF0, tail: 3)
    }
  }

  private mutating func codeUnit() throws(JSONRecordError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = ByteEscapes.hexDigit(byte) else {
        throw error("\\u needs four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Takes `{"base64":"…"}`, or nothing when the object that is next begins otherwise.
  private mutating func base64(_ scratch: inout BytesBuilder) throws(JSONRecordError) -> FieldPlace? {
    var cursor = self
    let kept = scratch.count
    cursor.position += 1
    cursor.skipSpace()
    guard cursor.next == UInt8(ascii: "\"") else { return nil }
    let name = try cursor.string(&scratch)
    let isBase64 = cursor.isName("base64", name, scratch)
    scratch.truncate(to: kept)
    guard isBase64 else { return nil }
    cursor.skipSpace()
    guard cursor.take(UInt8(ascii: ":")) else { throw cursor.error("no ':'") }
    cursor.skipSpace()
    guard cursor.take(UInt8(ascii: "\"")) else { throw cursor.error("base64 is no string") }
    let place = try cursor.base64Text(&scratch)
    cursor.skipSpace()
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
    while let byte = next, byte != UInt8(ascii: "\"") {
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
  func isName(_ name: StaticString, _ place: FieldPlace, _ scratch: borrowing BytesBuilder) -> Bool {
    switch place {
    case .null: return false
    case .text(let range): return isLiteral(name, in: range)
    case .decoded(let range):
      return scratch.span.withUnsafeBytes { JSONCursor($0).isLiteral(name, in: range) }
    }
  }
}

extension BytesBuilder {
  fileprivate mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
    append(UnsafeRawBufferPointer(rebasing: bytes).bytes)
  }

  /// Appends a character that takes `tail` bytes after its first.
  fileprivate mutating func append(utf8 code: UInt32, lead: UInt8, tail: UInt32) {
    append(byte: lead | UInt8(truncatingIfNeeded: code >> (6 * tail)))
    for index in (0..<tail).reversed() { append(byte: 0x80 | UInt8(truncatingIfNeeded: code >> (6 * index)) & 0x3F) }
  }
}
