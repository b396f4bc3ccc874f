/// A JSON string as the bytes that it stands for.
struct JSONText {
  /// Memory that is used again for each string with escapes.
  private var scratch: [UInt8] = []

  /// Calls `body` with the bytes of the string whose text between the quotes is `raw`, which has been checked.
  ///
  /// - Complexity: O(*n*); allocates nothing once it has met the longest string with escapes.
  mutating func withBytes<Result>(
    of raw: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    guard raw.contains(UInt8(ascii: "\\")) else { return body(raw) }
    scratch.removeAll(keepingCapacity: true)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < raw.count else {
        scratch.append(byte)
        continue
      }
      let escape = raw[index]
      index += 1
      switch escape {
      case UInt8(ascii: "b"): scratch.append(0x08)
      case UInt8(ascii: "f"): scratch.append(0x0C)
      case UInt8(ascii: "n"): scratch.append(0x0A)
      case UInt8(ascii: "r"): scratch.append(0x0D)
      case UInt8(ascii: "t"): scratch.append(0x09)
      case UInt8(ascii: "u"): append(scalar(in: raw, at: &index))
      default: scratch.append(escape)
      }
    }
    return scratch.withUnsafeBytes(body)
  }

  /// Reads the digits behind `\u`, and those of the other half of a pair. Half a pair stands for no character.
  private func scalar(in raw: UnsafeRawBufferPointer, at index: inout Int) -> Unicode.Scalar {
    let first = Self.unit(in: raw, at: index)
    index += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u") {
      let second = Self.unit(in: raw, at: index + 2)
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
      {
        index += 6
        return scalar
      }
    }
    return "\u{FFFD}"
  }

  private static func unit(in raw: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
    var value: UInt32 = 0
    for place in index..<min(index + 4, raw.count) { value = value << 4 | UInt32(hexDigit(raw[place]) ?? 0) }
    return value
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { scratch.append(byte) }
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
