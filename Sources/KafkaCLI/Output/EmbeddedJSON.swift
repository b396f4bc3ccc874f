import KafkaProtocol

/// Tells which values can stand in a record's JSON as they are, so that exactly their bytes can be read from there again.
///
/// That is one object, array, number, `true` or `false` (RFC 8259) in UTF-8, with nothing around it and without control
/// characters: the record must stay one line, and a terminal must not act on it. Strings and null would be taken for text
/// and for no value, and an object that begins with the member `base64` for bytes.
enum EmbeddedJSON {
  /// - Complexity: O(*n*) in the bytes; allocates nothing.
  static func accepts(_ value: RawSpan) -> Bool {
    value.withUnsafeBytes { bytes in
      guard bytes.count > 0, bytes[0] != UInt8(ascii: "\""), bytes[0] != UInt8(ascii: "n") else { return false }
      guard hasNoControls(bytes) else { return false }
      var scan = JSONScan(bytes: bytes)
      return !scan.beginsLikeBase64() && scan.isOneValue()
    }
  }

  private static func hasNoControls(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      guard byte >= 0x80, let length = UTF8Sequence.length(in: bytes, at: index),
        !(length == 2 && UTF8Sequence.isControl(in: bytes, at: index))
      else { return false }
      index += length
    }
    return true
  }
}

/// Checks the grammar of one value of valid UTF-8 without control characters.
private struct JSONScan {
  let bytes: UnsafeRawBufferPointer
  private var index = 0
  /// A bit for each container that is open, the innermost lowest: whether it is an object.
  private var objects: UInt64 = 0
  private var depth = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() { while take(UInt8(ascii: " ")) {} }

  /// Whether the text is an object whose first name is `base64`, or could be that with its escapes.
  func beginsLikeBase64() -> Bool {
    var scan = self
    guard scan.take(UInt8(ascii: "{")) else { return false }
    scan.skipBlanks()
    if scan.take("\"base64\"") { return true }
    guard scan.take(UInt8(ascii: "\"")) else { return false }
    while let byte = scan.next, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") { return true }
      scan.index += 1
    }
    return false
  }

  /// Whether all of the text is one value, nested at most 64 deep.
  mutating func isOneValue() -> Bool {
    while true {
      // A value is due here.
      switch next {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open() else { return false }
        if !closes() {
          guard !isInObject || takeName() else { return false }
          continue
        }
      case UInt8(ascii: "\""): guard takeString() else { return false }
      case UInt8(ascii: "t"): guard take("true") else { return false }
      case UInt8(ascii: "f"): guard take("false") else { return false }
      case UInt8(ascii: "n"): guard take("null") else { return false }
      default: guard takeNumber() else { return false }
      }
      // A value has ended: containers may end, or another value follows.
      while depth > 0, closes() {}
      if depth == 0 { return index == bytes.count }
      guard take(UInt8(ascii: ",")) else { return false }
      skipBlanks()
      guard !isInObject || takeName() else { return false }
    }
  }

  private var isInObject: Bool { objects & 1 == 1 }

  private mutating func open() -> Bool {
    guard depth < 64 else { return false }
    objects = objects &<< 1 | (bytes[index] == UInt8(ascii: "{") ? 1 : 0)
    depth += 1
    index += 1
    return true
  }

  /// Takes the end of the innermost container, if it is next.
  private mutating func closes() -> Bool {
    skipBlanks()
    guard take(isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
    objects &>>= 1
    depth -= 1
    if depth > 0 { skipBlanks() }
    return true
  }

  private mutating func takeName() -> Bool {
    guard next == UInt8(ascii: "\""), takeString() else { return false }
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { return false }
    skipBlanks()
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard count <= bytes.count - index else { return false }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
    index += count
    return true
  }

  private mutating func takeDigits(atMost limit: Int) -> Bool {
    let start = index
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    return index > start && index - start <= limit
  }

  /// Takes a number that every reader can hold as one of 64 bits, be it not exactly.
  private mutating func takeNumber() -> Bool {
    _ = take(UInt8(ascii: "-"))
    guard take(UInt8(ascii: "0")) || takeDigits(atMost: 200) else { return false }
    if take(UInt8(ascii: ".")), !takeDigits(atMost: 200) { return false }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      return takeDigits(atMost: 2)
    }
    return true
  }

  private mutating func takeString() -> Bool {
    index += 1
    while let byte = next {
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\"), !takeEscape() { return false }
    }
    return false
  }

  /// Takes what follows a backslash. Halves of surrogate pairs by themselves are refused: they stand for no text.
  private mutating func takeEscape() -> Bool {
    guard let byte = next else { return false }
    index += 1
    switch byte {
    case UInt8(ascii: "u"):
      guard let first = takeHexDigits(), first & 0xFC00 != 0xDC00 else { return false }
      guard first & 0xFC00 == 0xD800 else { return true }
      guard take("\\u"), let second = takeHexDigits() else { return false }
      return second & 0xFC00 == 0xDC00
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    default: return false
    }
  }

  private mutating func takeHexDigits() -> Int? {
    guard bytes.count - index >= 4 else { return nil }
    var number = 0
    let end = index + 4
    while index < end {
      guard let digit = ByteEscapes.hexDigit(bytes[index]) else { return nil }
      number = number &<< 4 | Int(digit)
      index += 1
    }
    return number
  }
}
