extension JSONCursor {
  /// Passes a string, whose opening quote is next.
  mutating func skipString() -> Bool {
    position += 1
    while true {
      guard skipPlain() else { return false }
      if take(UInt8(ascii: "\"")) { return true }
      guard takeEscape() != nil else { return false }
    }
  }

  /// Passes what stands for itself in a string, up to the next quote or backslash, or to the end of the text.
  mutating func skipPlain() -> Bool {
    while true {
      skipPlainWords()
      guard let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { return true }
      guard byte >= 0x20 else { return fail(.controlCharacter) }
      guard limits.requiresText else {
        position += 1
        continue
      }
      guard let length = UTF8Sequence.length(in: bytes, at: position) else { return fail(.notUTF8) }
      position += length
    }
  }

  /// Passes ASCII that stands for itself, eight bytes at a time, as long as there are eight bytes.
  private mutating func skipPlainWords() {
    while position + 8 <= bytes.count {
      let found = JSONWord(bytes, at: position).special & JSONWord.highBits
      guard found == 0 else {
        position += found.trailingZeroBitCount / 8
        return
      }
      position += 8
    }
  }

  /// Takes an escape, or the pair of escapes of a character beyond the first 65536.
  ///
  /// - Returns: The character; U+FFFD for half a pair, where strings need not be text.
  mutating func takeEscape() -> Unicode.Scalar? {
    let start = position
    guard take(UInt8(ascii: "\\")), let byte = next else {
      _ = fail(.noEndOfString)
      return nil
    }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return takeCharacter(from: start)
    default:
      position = start
      _ = fail(.unknownEscape)
      return nil
    }
  }

  /// Takes what follows the `\u` at `start`.
  private mutating func takeCharacter(from start: Int) -> Unicode.Scalar? {
    guard let first = takeCodeUnit() else { return nil }
    if let character = Unicode.Scalar(first) { return character }
    let end = position
    if first < 0xDC00, take("\\u") {
      guard let second = takeCodeUnit() else { return nil }
      if 0xDC00..<0xE000 ~= second { return Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)) }
    }
    guard limits.requiresText else {
      position = end
      return "\u{FFFD}"
    }
    position = start
    _ = fail(.halfOfPair)
    return nil
  }

  private mutating func takeCodeUnit() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = ByteEscapes.hexDigit(byte) else {
        _ = fail(.noCodeUnit)
        return nil
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
