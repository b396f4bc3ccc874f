import Buffers

/// Decodes base64 with padding (RFC 4648, section 4) byte by byte, and takes nothing that no encoder writes.
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

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 97 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
