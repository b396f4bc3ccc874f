import Buffers

/// What a filter says of where its records can be, so that others need not be fetched.
///
/// Only what is and-ed at the top counts. The upper bound of time narrows nothing, as times need not rise with offsets.
struct FilterNarrowing: Equatable {
  private let terms: [FilterExpression]
  /// The first offset that can satisfy the filter.
  private(set) var firstOffset: Int64?
  /// The offset before which all of them are.
  private(set) var endOffset: Int64?
  /// The first time that can satisfy it, in milliseconds since 1970-01-01 UTC.
  private(set) var firstTime: Int64?

  init(_ filter: RecordFilter) {
    terms = Self.terms(of: filter.expression)
    for case .test(let field, .compares(let comparison, let bound)) in terms {
      guard let number = bound.integer else { continue }
      switch field {
      case .offset: narrow(comparison, number)
      case .timestamp:
        if let time = Self.lowerBound(comparison, number) { firstTime = max(firstTime ?? time, time) }
      default: break
      }
    }
  }

  private static func terms(of expression: FilterExpression) -> [FilterExpression] {
    guard case .all(let parts) = expression else { return [expression] }
    return parts.flatMap { terms(of: $0) }
  }

  private mutating func narrow(_ comparison: FilterComparison, _ number: Int64) {
    if let first = Self.lowerBound(comparison, number) { firstOffset = max(firstOffset ?? first, first) }
    let following = number == .max ? number : number + 1
    let end: Int64? =
      switch comparison {
      case .equal, .lessOrEqual: following
      case .less: number
      case .greater, .greaterOrEqual: nil
      }
    if let end { endOffset = min(endOffset ?? end, end) }
  }

  private static func lowerBound(_ comparison: FilterComparison, _ number: Int64) -> Int64? {
    switch comparison {
    case .equal, .greaterOrEqual: number
    case .greater: number == .max ? number : number + 1
    case .less, .lessOrEqual: nil
    }
  }

  /// Whether records of a partition can satisfy the filter.
  func admits(topic: String, partition: Int32) -> Bool {
    let topic = Bytes(utf8: topic)
    return terms.allSatisfy { Self.evaluate($0, topic, partition) ?? true }
  }

  /// Whether the expression holds for all records of the partition, or for none; nil where that depends on the record.
  private static func evaluate(_ expression: FilterExpression, _ topic: Bytes, _ partition: Int32) -> Bool? {
    switch expression {
    case .test(.topic, .equals(let name, _, _)): return name == topic
    case .test(.partition, let condition): return FilterMatcher.test(Int64(partition), condition)
    case .test: return nil
    case .not(let part): return evaluate(part, topic, partition).map { !$0 }
    case .all(let parts):
      let results = parts.map { evaluate($0, topic, partition) }
      return results.contains(false) ? false : results.contains(nil) ? nil : true
    case .any(let parts):
      let results = parts.map { evaluate($0, topic, partition) }
      return results.contains(true) ? true : results.contains(nil) ? nil : false
    }
  }
}
