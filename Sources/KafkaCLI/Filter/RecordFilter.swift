/// The expressions of `--filter`, understood and compiled: a record has to satisfy all of them.
package struct RecordFilter: Equatable, Sendable {
  private(set) var expression: FilterExpression
  /// What the expressions' regular expressions were compiled to; tests refer to them by index.
  let patterns: [BytePattern]

  /// Compiles expressions.
  ///
  /// - Throws: For the first one that cannot be understood, with a caret below the place.
  package init(parsing texts: [[UInt8]]) throws(UsageError) {
    var parser = FilterParser()
    var parts: [FilterExpression] = []
    for text in texts { parts.append(try parser.parse(text)) }
    expression = .all(parts)
    patterns = parser.patterns
  }

  /// The filter with times that were given relative to the present in its place.
  ///
  /// - Parameter now: Milliseconds since 1970-01-01 UTC.
  package func resolved(now: Int64) -> RecordFilter {
    var filter = self
    filter.expression = expression.resolved(now: now)
    return filter
  }
}
