/// Counts how often the parts of one batch may still be divided to find the records that a broker refuses. Lives on the
/// loop.
///
/// To find one record among ten thousand takes 14 divisions, each with two requests. A batch in which many records are
/// refused is not taken apart for ever.
final class RefusalSearch {
  private var left = 100

  /// - Returns: Whether there may be one more division.
  func take() -> Bool {
    guard left > 0 else { return false }
    left -= 1
    return true
  }
}
