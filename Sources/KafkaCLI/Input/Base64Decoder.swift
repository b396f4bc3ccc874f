import Buffers

/// Decodes base64 with padding (RFC 4648, section 4), in groups where they are whole and byte by byte where they are
/// not, and takes nothing that no encoder writes.
struct Base64Decoder {
  private var group: UInt32 = 0
  private var digits = 0
  private var padding = 0

  /// Whether what was taken can be all: whole groups of four.
  var isComplete: Bool { digits == 0 }

  /// Takes the next byte of the text and appends what it completes.
  ///
  /// - Returns: Whether base64 can have the byte there.
  mutating func take(_ byte: UInt8, to buffer: inout BytesBuilder) -> Bool {
    if byte == UInt8(ascii: "=") {
      guard digits >= 2 else { return false }
      padding += 1
      group <<= 6
    } else {
      guard padding == 0, let digit = Self.digit(byte) else { return false }
      group = group << 6 | digit
    }
    digits += 1
    guard digits == 4 else { return true }
    // The bits behind the last byte are zero.
    guard padding == 0 || group & (padding == 1 ? 0xFF : 0xFFFF) == 0 else { return false }
    for index in 0..<(3 - padding) { buffer.append(byte: UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * index))) }
    // Nothing follows padding: it stays set.
    (group, digits) = (0, 0)
    return true
  }

  /// Takes groups of four digits as long as they follow one another, and appends three bytes for each.
  ///
  /// - Returns: The number of bytes of the text that were taken.
  mutating func takeGroups(_ text: UnsafeRawBufferPointer, to buffer: inout BytesBuilder) -> Int {
    guard digits == 0, padding == 0, text.count >= 4 else { return 0 }
    var taken = 0
    Self.values.withUnsafeBufferPointer { values in
      buffer.append(upTo: text.count / 4 * 3) { target in
        var written = 0
        while taken + 4 <= text.count {
          let first = values[Int(text[taken])]
          let second = values[Int(text[taken + 1])]
          let third = values[Int(text[taken + 2])]
          let fourth = values[Int(text[taken + 3])]
          guard (first | second | third | fourth) <= 63 else { break }
          target[written] = first << 2 | second >> 4
          target[written + 1] = second << 4 | third >> 2
          target[written + 2] = third << 6 | fourth
          written += 3
          taken += 4
        }
        return written
      }
    }
    return taken
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    let value = values[Int(byte)]
    return value <= 63 ? UInt32(value) : nil
  }

  /// What each byte is worth as a digit; above 63 for those that are none.
  private static let values: [UInt8] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 97 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: 0xFF
    }
  }
}
