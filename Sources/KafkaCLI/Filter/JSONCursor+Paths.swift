extension JSONLimits {
  /// What a filter looks into. Texts are compared as bytes: whether they are UTF-8 is not looked at.
  static var filter: JSONLimits { JSONLimits(depth: 128, requiresText: false) }
}

extension JSONCursor {
  /// Whether the bytes are one JSON value that a filter can look into, and blanks.
  static func isJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var cursor = JSONCursor(bytes, limits: .filter)
    cursor.skipBlanks()
    guard cursor.skipValue() else { return false }
    cursor.skipBlanks()
    return cursor.position == bytes.count
  }

  /// Moves from the bracket, or from behind an element, to the next element, if there is one.
  mutating func moveToElement(isFirst: Bool) -> Bool {
    if isFirst { position += 1 }
    skipBlanks()
    if !isFirst { guard take(UInt8(ascii: ",")) else { return false } }
    skipBlanks()
    return kind != nil
  }
}
