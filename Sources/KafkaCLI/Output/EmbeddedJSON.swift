import KafkaProtocol

/// Tells which values can stand in a record's JSON as they are, so that exactly their bytes can be read from there
/// again.
///
/// That is one object, array, number, `true` or `false` (RFC 8259) in UTF-8, with nothing around it and without control
/// characters: the record must stay one line, and a terminal must not act on it. Strings and null would be taken for
/// text and for no value, and an object that begins with the member `base64` for bytes.
enum EmbeddedJSON {
  /// - Complexity: O(*n*) in the bytes; allocates nothing.
  static func accepts(_ value: RawSpan) -> Bool {
    value.withUnsafeBytes { bytes in
      guard bytes.count > 0, bytes[0] != UInt8(ascii: "\""), bytes[0] != UInt8(ascii: "n") else { return false }
      guard hasNoControls(bytes) else { return false }
      var cursor = JSONCursor(bytes, limits: .embedded)
      return !beginsLikeBase64(cursor) && cursor.skipValue() && cursor.position == bytes.count
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

  /// Whether the text is an object whose first name is `base64`, or could be that with its escapes.
  private static func beginsLikeBase64(_ start: JSONCursor) -> Bool {
    var cursor = start
    guard cursor.take(UInt8(ascii: "{")) else { return false }
    cursor.skipBlanks()
    if cursor.take("\"base64\"") { return true }
    return cursor.take(UInt8(ascii: "\"")) && cursor.skipPlain() && cursor.next == UInt8(ascii: "\\")
  }
}

extension JSONLimits {
  /// What every reader of a record can hold: numbers that fit into one of 64 bits, be it not exactly.
  fileprivate static var embedded: JSONLimits {
    JSONLimits(depth: 64, requiresText: true, digits: 200, exponentDigits: 2)
  }
}
