/// How much of JSON a reader takes, where the grammar leaves that open.
struct JSONLimits {
  /// How deep arrays and objects may nest; at most 128.
  let depth: Int
  /// Whether strings must be text: UTF-8, and no half of a surrogate pair by itself.
  let requiresText: Bool
  /// The most digits of a number before its point, and behind it.
  let digits: Int
  /// The most digits of an exponent.
  let exponentDigits: Int

  init(depth: Int, requiresText: Bool, digits: Int = .max, exponentDigits: Int = .max) {
    precondition(depth <= 128, "JSONCursor has no room to remember more open arrays and objects")
    self.depth = depth
    self.requiresText = requiresText
    self.digits = digits
    self.exponentDigits = exponentDigits
  }
}
