/// The message versions from a first to a last one, both included.
package struct VersionRange: Equatable, Sendable {
  package let first: Int16
  package let last: Int16

  package init(_ first: Int16, _ last: Int16) {
    precondition(first <= last)
    self.first = first
    self.last = last
  }

  /// Parses `3`, `0-5` or, with an end taken from `bounds`, `2+`.
  ///
  /// - Returns: Nil where the text is none of these or runs backwards.
  package init?(_ text: some StringProtocol, within bounds: VersionRange?) {
    if text.last == "+" {
      guard let bounds, let first = Int16(text.dropLast()), first >= 0, first <= bounds.last else { return nil }
      self.init(first, bounds.last)
    } else {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2, let first = Int16(ends[0]), let last = Int16(ends[ends.count - 1]) else { return nil }
      guard first >= 0, first <= last else { return nil }
      self.init(first, last)
    }
  }

  package func contains(_ version: Int16) -> Bool { first <= version && version <= last }

  /// The versions in both ranges, or nil where there are none.
  package func intersection(_ other: VersionRange) -> VersionRange? {
    let first = max(self.first, other.first)
    let last = min(self.last, other.last)
    return first <= last ? VersionRange(first, last) : nil
  }

  /// Whether every version of `other` is in this range.
  package func covers(_ other: VersionRange) -> Bool { first <= other.first && other.last <= last }

  /// The range as schema files have it, open-ended where it reaches the end of `bounds`.
  package func text(within bounds: VersionRange) -> String {
    if last == bounds.last && first < last { return "\(first)+" }
    return first == last ? "\(first)" : "\(first)-\(last)"
  }
}
