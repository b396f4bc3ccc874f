/// A regular expression that finds topics by their names, anywhere in them as grep does.
package struct TopicPattern: Equatable, Sendable {
  let text: String
  private let pattern: BytePattern

  package init(argument text: String) throws(UsageError) {
    self.text = text
    let bytes = Array(text.utf8)
    do throws(BytePattern.SyntaxError) { pattern = try BytePattern(parsing: bytes) } catch {
      throw UsageError(error.problem, advice: error.advice, caret: .pointing(at: error.offset, in: bytes))
    }
  }

  /// The names that it finds, in their order.
  func found(in names: [String]) -> [String] {
    var matcher = PatternMatcher(pattern)
    return names.filter { name in Array(name.utf8).withUnsafeBytes { matcher.matches($0) } }
  }
}
