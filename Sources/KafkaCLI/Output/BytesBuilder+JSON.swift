package import Buffers

extension BytesBuilder {
  /// Appends bytes as a JSON string, or where they are not UTF-8, as `{"base64":"…"}`.
  ///
  /// The result is valid UTF-8 and has no control character in it, also none of U+007F to U+009F.
  package mutating func append(json bytes: RawSpan) {
    bytes.withUnsafeBytes { raw in
      if Self.isPlain(raw) {
        append(byte: UInt8(ascii: "\""))
        append(bytes)
        append(byte: UInt8(ascii: "\""))
      } else if UTF8Sequence.isValid(raw) {
        append(escaping: raw, of: bytes)
      } else {
        append(literal: "{\"base64\":\"")
        append(base64: bytes)
        append(literal: "\"}")
      }
    }
  }

  /// Appends text as a JSON string.
  package mutating func append(json text: String) { append(json: Array(text.utf8).span.bytes) }

  @inline(__always)
  package mutating func append(literal text: StaticString) {
    append(size: text.utf8CodeUnitCount) { target in
      target.copyMemory(from: UnsafeRawBufferPointer(start: text.utf8Start, count: target.count))
    }
  }

  private mutating func append(escaping bytes: UnsafeRawBufferPointer, of span: RawSpan) {
    append(byte: UInt8(ascii: "\""))
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isControl = byte == 0xC2 && UTF8Sequence.isControl(in: bytes, at: index)
      if Self.isPlain(byte) || (byte >= 0x80 && !isControl) {
        index += 1
        continue
      }
      append(span.extracting(start..<index))
      if isControl {
        append(unicode: bytes[index + 1])
        index += 2
      } else {
        append(escape: byte)
        index += 1
      }
      start = index
    }
    append(span.extracting(start..<bytes.count))
    append(byte: UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(literal: "\\\"")
    case UInt8(ascii: "\\"): append(literal: "\\\\")
    case 0x08: append(literal: "\\b")
    case 0x09: append(literal: "\\t")
    case 0x0A: append(literal: "\\n")
    case 0x0C: append(literal: "\\f")
    case 0x0D: append(literal: "\\r")
    default: append(unicode: byte)
    }
  }

  private mutating func append(unicode byte: UInt8) {
    append(literal: "\\u00")
    withUnsafeBytes(of: byte) { append(hex: $0.bytes) }
  }

  /// Whether the byte stands for itself in a JSON string and is ASCII.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Whether all bytes stand for themselves and are ASCII. Looks at eight bytes at a time, and asks once at the end.
  private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 8 else { return bytes.allSatisfy(isPlain) }
    var found: UInt64 = 0
    for offset in stride(from: 0, to: bytes.count - 7, by: 8) { found |= suspects(bytes, at: offset) }
    // The last eight bytes, of which some may have been looked at.
    found |= suspects(bytes, at: bytes.count - 8)
    return found & JSONWord.highBits == 0
  }

  /// A word with a high bit set if one of eight bytes does not stand for itself. A false alarm beside a true one does
  /// no harm here.
  @inline(__always)
  private static func suspects(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    let word = JSONWord(bytes, at: offset)
    return word.special | word.deletes
  }
}
