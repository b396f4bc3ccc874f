/// Byte strings with escapes, as delimiters and format strings have them: `\n`, `\r`, `\t`, `\0`, `\xHH`, `\\`.
package enum ByteEscapes {
  /// The byte of the escape that begins at `index`, a backslash, and the index after it.
  ///
  /// - Throws: For any other escape, with a caret below it.
  static func byte(in text: [UInt8], at index: Int) throws(UsageError) -> (byte: UInt8, next: Int) {
    guard index + 1 < text.count else {
      throw invalid(text, at: index, "a backslash at the end stands for nothing")
    }
    switch text[index + 1] {
    case UInt8(ascii: "n"): return (0x0A, index + 2)
    case UInt8(ascii: "r"): return (0x0D, index + 2)
    case UInt8(ascii: "t"): return (0x09, index + 2)
    case UInt8(ascii: "0"): return (0x00, index + 2)
    case UInt8(ascii: "\\"): return (0x5C, index + 2)
    case UInt8(ascii: "x"):
      guard index + 3 < text.count, let high = hexDigit(text[index + 2]), let low = hexDigit(text[index + 3]) else {
        throw invalid(text, at: index, "\\x needs two hexadecimal digits")
      }
      return (high << 4 | low, index + 4)
    default:
      throw invalid(text, at: index, "unknown escape")
    }
  }

  /// Replaces the escapes of `text`; all other bytes stand for themselves.
  package static func unescape(_ text: [UInt8]) throws(UsageError) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        let (byte, next) = try byte(in: text, at: index)
        result.append(byte)
        index = next
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  static func invalid(_ text: [UInt8], at index: Int, _ problem: String) -> UsageError {
    UsageError(
      problem, advice: "the escapes are \\n \\r \\t \\0 \\xHH \\\\", caret: .pointing(at: index, in: text))
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

extension UsageError.Caret {
  /// A caret below the byte at `index`; what a terminal would act on is replaced, so that the caret stays in place.
  static func pointing(at index: Int, in text: [UInt8]) -> UsageError.Caret {
    func shown(_ bytes: ArraySlice<UInt8>) -> String {
      String(String(decoding: bytes, as: UTF8.self).map { $0.isASCII && ($0 < " " || $0 == "\u{7F}") ? "?" : $0 })
    }
    let before = shown(text[..<index])
    return UsageError.Caret(text: before + shown(text[index...]), offset: before.count)
  }
}
