/// Walks over JSON where it lies (RFC 8259), without making values of it.
///
/// Texts are taken as bytes: whether they are UTF-8 is not looked at.
struct JSONScanner {
  /// How deep arrays and objects may nest; what is deeper is taken for no JSON.
  static let maximumDepth = 128

  /// What a value is, without what it holds.
  enum Kind {
    case string, number, object, array, true_, false_, null
  }

  let bytes: UnsafeRawBufferPointer
  var position = 0
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Whether the bytes are one JSON value and white space.
  static func isJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scanner = JSONScanner(bytes)
    scanner.skipSpace()
    guard scanner.skipValue() else { return false }
    scanner.skipSpace()
    return scanner.position == bytes.count
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// What the value at the position is, by its first byte.
  var kind: Kind? {
    switch next {
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "t"): .true_
    case UInt8(ascii: "f"): .false_
    case UInt8(ascii: "n"): .null
    case UInt8(ascii: "-"), .some(0x30...0x39): .number
    default: nil
    }
  }

  /// Skips the value at the position, and says whether it was one.
  mutating func skipValue() -> Bool {
    switch kind {
    case .string: skipString()
    case .object: skipNested(UInt8(ascii: "}")) { $0.skipMember() }
    case .array: skipNested(UInt8(ascii: "]")) { $0.skipValue() }
    case .true_: skip("true")
    case .false_: skip("false")
    case .null: skip("null")
    case .number: skipNumber()
    case nil: false
    }
  }

  private mutating func skipNested(_ end: UInt8, _ skipItem: (inout JSONScanner) -> Bool) -> Bool {
    guard depth < Self.maximumDepth else { return false }
    depth += 1
    defer { depth -= 1 }
    position += 1
    skipSpace()
    if take(end) { return true }
    repeat {
      skipSpace()
      guard skipItem(&self) else { return false }
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(end)
  }

  private mutating func skipMember() -> Bool {
    guard next == UInt8(ascii: "\""), skipString(), skipColon() else { return false }
    return skipValue()
  }

  mutating func skipColon() -> Bool {
    skipSpace()
    guard take(UInt8(ascii: ":")) else { return false }
    skipSpace()
    return true
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count,
      word.withUTF8Buffer({ $0.elementsEqual(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])) })
    else { return false }
    position += count
    return true
  }

  mutating func skipString() -> Bool {
    position += 1
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): guard skipEscape() else { return false }
      case ..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func skipEscape() -> Bool {
    guard let byte = next else { return false }
    position += 1
    guard byte == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(byte) }
    guard bytes.count - position >= 4 else { return false }
    for _ in 0..<4 {
      guard JSONText.hexDigit(bytes[position]) != nil else { return false }
      position += 1
    }
    return true
  }

  private mutating func skipNumber() -> Bool {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { guard skipDigits() else { return false } }
    if take(UInt8(ascii: ".")) { guard skipDigits() else { return false } }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      return skipDigits()
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }
}
