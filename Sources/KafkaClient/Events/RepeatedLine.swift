package import Transport

/// Lets the first of many equal lines through at once, and then one each ten seconds with a count.
package struct RepeatedLine: Sendable {
  private static let interval: Duration = .seconds(10)
  private static let limit = 64

  private var seen: [String: (last: Instant, suppressed: Int)] = [:]

  package init() {}

  /// The line to write now, if any.
  package mutating func admit(_ text: String, at now: Instant) -> String? {
    guard let (last, suppressed) = seen[text] else {
      if seen.count >= Self.limit { seen = [:] }
      seen[text] = (now, 0)
      return text
    }
    guard now - last >= Self.interval else {
      seen[text] = (last, suppressed + 1)
      return nil
    }
    seen[text] = (now, 0)
    return suppressed > 0 ? "\(text) (\(suppressed) more times)" : text
  }
}
