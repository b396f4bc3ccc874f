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
      if self[keyPath: state] == .unknown { self[keyPath: state] = JSONScanner.isJSON(raw) ? .json : .other }
      guard self[keyPath: state] == .json else { return false }
      var scanner = JSONScanner(raw)
      scanner.skipSpace()
      return follow(path, from: 0, scanner, condition)
    }
  }

  /// Whether the condition holds at some place that the rest of the path leads to.
  private mutating func follow(
    _ path: [JSONPathStep], from step: Int, _ scanner: JSONScanner, _ condition: FilterCondition
  ) -> Bool {
    guard step < path.count else { return testValue(scanner, condition) }
    var scanner = scanner
    switch path[step] {
    case .member(let name):
      guard scanner.kind == .object, find(name, in: &scanner) else { return false }
      return follow(path, from: step + 1, scanner, condition)
    case .element(let wanted):
      guard scanner.kind == .array else { return false }
      var index: Int64 = 0
      while Self.moveToElement(&scanner, isFirst: index == 0) {
        if index == wanted { return follow(path, from: step + 1, scanner, condition) }
        guard scanner.skipValue() else { return false }
        index += 1
      }
      return false
    case .anyElement:
      guard scanner.kind == .array else { return false }
      var isFirst = true
      while Self.moveToElement(&scanner, isFirst: isFirst) {
        if follow(path, from: step + 1, scanner, condition) { return true }
        guard scanner.skipValue() else { return false }
        isFirst = false
      }
      return false
    }
  }

  /// Moves from the bracket, or from behind an element, to the next element, if there is one.
  private static func moveToElement(_ scanner: inout JSONScanner, isFirst: Bool) -> Bool {
    if isFirst { scanner.position += 1 }
    scanner.skipSpace()
    if !isFirst { guard scanner.take(UInt8(ascii: ",")) else { return false } }
    scanner.skipSpace()
    return scanner.kind != nil
  }

  /// Moves from the brace to the value of the first member of that name, if there is one.
  private mutating func find(_ name: Bytes, in scanner: inout JSONScanner) -> Bool {
    scanner.position += 1
    repeat {
      scanner.skipSpace()
      let start = scanner.position + 1
      guard scanner.kind == .string, scanner.skipString() else { return false }
      let key = UnsafeRawBufferPointer(rebasing: scanner.bytes[start..<scanner.position - 1])
      guard scanner.skipColon() else { return false }
      if nameText.withBytes(of: key, { Self.areEqual($0, name) }) { return true }
      guard scanner.skipValue() else { return false }
      scanner.skipSpace()
    } while scanner.take(UInt8(ascii: ","))
    return false
  }

  private static func areEqual(_ bytes: UnsafeRawBufferPointer, _ other: Bytes) -> Bool {
    ByteSearch.areEqual(bytes.bytes, other.span)
  }

  private mutating func testValue(_ scanner: JSONScanner, _ condition: FilterCondition) -> Bool {
    guard condition != .isPresent else { return true }
    guard let kind = scanner.kind else { return false }
    var end = scanner
    guard end.skipValue() else { return false }
    let raw = UnsafeRawBufferPointer(rebasing: scanner.bytes[scanner.position..<end.position])
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
      return FilterNumber(raw)?.holds(.equal, number) ?? false
    case (.true_, .equals(let word, _, let isBare)), (.false_, .equals(let word, _, let isBare)):
      return isBare && Self.areEqual(raw, word)
    case (_, .equals): return false
    case (.number, .compares(let comparison, let number)): return FilterNumber(raw)?.holds(comparison, number) ?? false
    case (_, .compares): return false
    default: return test(raw.bytes, condition)
    }
  }
}
