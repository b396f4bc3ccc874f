package import Buffers
package import KafkaProtocol

/// Tells which records satisfy a filter. Used by one task.
///
/// - Complexity: For a record linear in its bytes, times the number of tests. Allocates nothing once it is warm.
package struct FilterMatcher {
  /// Whether the key or value that is looked at is JSON, once that is known.
  enum JSONState {
    case unknown, json, other
  }

  let filter: RecordFilter
  var patterns: [PatternMatcher]
  var keyState = JSONState.unknown
  var valueState = JSONState.unknown
  var nameText = JSONText()
  var valueText = JSONText()

  /// - Parameter filter: A filter without times that are relative to the present.
  package init(_ filter: RecordFilter) {
    self.filter = filter
    patterns = filter.patterns.map { PatternMatcher($0) }
  }

  /// Whether a record satisfies the filter.
  package mutating func matches(_ record: borrowing RecordView, topic: Bytes, partition: Int32) -> Bool {
    keyState = .unknown
    valueState = .unknown
    return evaluate(filter.expression, record, topic, partition)
  }

  private mutating func evaluate(
    _ expression: FilterExpression, _ record: borrowing RecordView, _ topic: Bytes, _ partition: Int32
  ) -> Bool {
    switch expression {
    case .all(let parts):
      for index in parts.indices { guard evaluate(parts[index], record, topic, partition) else { return false } }
      return true
    case .any(let parts):
      for index in parts.indices { if evaluate(parts[index], record, topic, partition) { return true } }
      return false
    case .not(let part): return !evaluate(part, record, topic, partition)
    case .test(let field, let condition): return test(field, condition, record, topic, partition)
    }
  }

  private mutating func test(
    _ field: FilterField, _ condition: FilterCondition, _ record: borrowing RecordView, _ topic: Bytes,
    _ partition: Int32
  ) -> Bool {
    switch field {
    case .key: return test(record.key, condition)
    case .value: return test(record.value, condition)
    case .header(let name): return test(headers: record.headers, name, condition)
    case .anywhere:
      return test(record.key, condition) || test(record.value, condition)
        || test(headers: record.headers, nil, condition)
    case .keyPath(let path): return test(record.key, path, condition, \.keyState)
    case .valuePath(let path): return test(record.value, path, condition, \.valueState)
    case .topic: return test(topic.span, condition)
    case .partition: return Self.test(Int64(partition), condition)
    case .offset: return Self.test(record.offset, condition)
    case .timestamp: return record.timestamp != -1 && Self.test(record.timestamp, condition)
    case .size:
      guard let value = record.value else { return false }
      return Self.test(Int64(value.byteCount), condition)
    }
  }

  private mutating func test(headers: RecordHeaders, _ name: Bytes?, _ condition: FilterCondition) -> Bool {
    var headers = headers
    while let header = headers.next() {
      if let name {
        guard ByteSearch.areEqual(header.name, name.span) else { continue }
        // A header that is null is there all the same.
        if condition == .isPresent { return true }
      }
      if test(header.value, condition) { return true }
    }
    return false
  }

  static func test(_ number: Int64, _ condition: FilterCondition) -> Bool {
    switch condition {
    case .isPresent: true
    case .compares(let comparison, let other): other.integer.map { comparison.holds(number, $0) } ?? false
    case .isNull, .equals, .contains, .matches, .isAgo: false
    }
  }

  mutating func test(_ bytes: RawSpan?, _ condition: FilterCondition) -> Bool {
    guard let bytes else { return condition == .isNull }
    switch condition {
    case .isPresent: return true
    case .isNull, .isAgo: return false
    case .equals(let other, _, _): return ByteSearch.areEqual(bytes, other.span)
    case .contains(let other): return other.isEmpty || ByteSearch.find(other, in: bytes, from: 0) != nil
    case .matches(let index): return bytes.withUnsafeBytes { patterns[index].matches($0) }
    case .compares(let comparison, let other):
      return bytes.withUnsafeBytes { other.isMet(by: $0, comparison) }
    }
  }
}
