extension StringProtocol {
  /// Where a text first occurs in this one.
  ///
  /// The standard library's own searches for strings in strings bring all that regular expressions need into the
  /// program, which then takes longer to start.
  func firstPlace(of part: String) -> Index? { indices.first { self[$0...].hasPrefix(part) } }
}
