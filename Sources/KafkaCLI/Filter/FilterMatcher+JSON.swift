import Buffers

/// Tests of places in keys and values that are JSON.
///
/// What is JSON is checked once a record; the paths are then followed where the value lies.
extension FilterMatcher {
  mutating func test(
    _ bytes: RawSpan?, _ path: [JSONPathStep], _ condition: FilterCondition,
    _ state: WritableKeyPath<FilterMatcher, JSONState>
  ) -> Bool {
    guard let bytes else { return false }
    return bytes.withUnsafeBytes { raw in
      if self[keyPath: state] == .unknown { self[keyPath: state] = JSONCursor.isJSON(raw) ? .json : .other }
      guard self[keyPath: state] == .json else { return false }
      var cursor = JSONCursor(raw, limits: .filter)
      cursor.skipBlanks()
      return follow(path, from: 0, cursor, condition)
    }
  }

  /// Whether the condition holds at some place that the rest of the path leads to.
  private mutating func follow(
    _ path: [JSONPathStep], from step: Int, _ cursor: JSONCursor, _ condition: FilterCondition
  ) -> Bool {
    guard step < path.count else { return testValue(cursor, condition) }
    var cursor = cursor
    switch path[step] {
    case .member(let name):
      guard cursor.kind == .object, find(name, in: &cursor) else { return false }
      return follow(path, from: step + 1, cursor, condition)
    case .element(let wanted):
      guard cursor.kind == .array else { return false }
      var index: Int64 = 0
      while cursor.moveToElement(isFirst: index == 0) {
        if index == wanted { return follow(path, from: step + 1, cursor, condition) }
        guard cursor.skipValue() else { return false }
        index += 1
      }
      return false
    case .anyElement:
      guard cursor.kind == .array else { return false }
      var isFirst = true
      while cursor.moveToElement(isFirst: isFirst) {
        if follow(path, from: step + 1, cursor, condition) { return true }
        guard cursor.skipValue() else { return false }
        isFirst = false
      }
      return false
    }
  }

  /// Moves from the brace to the value of the first member of that name, if there is one.
  private mutating func find(_ name: Bytes, in cursor: inout JSONCursor) -> Bool {
    cursor.position += 1
    repeat {
      cursor.skipBlanks()
      let start = cursor.position + 1
      guard cursor.kind == .string, cursor.skipString() else { return false }
      let key = UnsafeRawBufferPointer(rebasing: cursor.bytes[start..<cursor.position - 1])
      guard cursor.skipColon() else { return false }
      if nameText.withBytes(of: key, { Self.areEqual($0, name) }) { return true }
      guard cursor.skipValue() else { return false }
      cursor.skipBlanks()
    } while cursor.take(UInt8(ascii: ","))
    return false
  }

  private static func areEqual(_ bytes: UnsafeRawBufferPointer, _ other: Bytes) -> Bool {
    ByteSearch.areEqual(bytes.bytes, other.span)
  }

  private mutating func testValue(_ cursor: JSONCursor, _ condition: FilterCondition) -> Bool {
    guard condition != .isPresent else { return true }
    guard let kind = cursor.kind else { return false }
    var end = cursor
    guard end.skipValue() else { return false }
    let raw = UnsafeRawBufferPointer(rebasing: cursor.bytes[cursor.position..<end.position])
    switch (kind, condition) {
    case (.null, .isNull): return true
    case (_, .isNull): return false
    case (.string, .compares): return false
    case (.string, _):
      // Moved out for the call, which changes the patterns too.
      var text = JSONText()
      swap(&text, &valueText)
      defer { swap(&text, &valueText) }
      let inner = UnsafeRawBufferPointer(rebasing: raw[1..<raw.count - 1])
      return text.withBytes(of: inner) { test($0.bytes, condition) }
    case (.number, .equals(_, let number, _)):
      guard let number else { return false }
      return number.isMet(by: raw, .equal)
    case (.true_, .equals(let word, _, let isBare)), (.false_, .equals(let word, _, let isBare)):
      return isBare && Self.areEqual(raw, word)
    case (_, .equals): return false
    case (.number, .compares(let comparison, let number)): return number.isMet(by: raw, comparison)
    case (_, .compares): return false
    default: return test(raw.bytes, condition)
    }
  }
}
