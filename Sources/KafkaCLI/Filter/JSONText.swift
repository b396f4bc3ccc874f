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
    var cursor = JSONCursor(raw, limits: .filter)
    while true {
      let start = cursor.position
      guard cursor.skipPlain() else { break }
      scratch.append(contentsOf: raw[start..<cursor.position])
      guard let character = cursor.takeEscape() else { break }
      scratch.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }
    return scratch.withUnsafeBytes(body)
  }
}
