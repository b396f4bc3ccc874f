/// A command line that cannot be carried out: nothing has been sent, and the exit status is 2.
package struct UsageError: Error, Hashable, Sendable {
  /// What is wrong, such as `'abc' is not a number`.
  package var problem: String
  /// Where it is, such as `option -c` or `$KAVKA_BROKERS`.
  package var place: String?
  /// What to try instead.
  package var advice: String?
  /// The place inside a longer text, to be shown with a caret below it.
  package var caret: Caret?

  /// A position inside a text, counted in characters as a terminal shows them.
  package struct Caret: Hashable, Sendable {
    package var text: String
    package var offset: Int

    package init(text: String, offset: Int) {
      self.text = text
      self.offset = offset
    }
  }

  package init(_ problem: String, place: String? = nil, advice: String? = nil, caret: Caret? = nil) {
    self.problem = problem
    self.place = place
    self.advice = advice
    self.caret = caret
  }

  /// The error with a place, unless it has one already.
  package func at(_ place: String) -> UsageError {
    var error = self
    if error.place == nil { error.place = place }
    return error
  }

  /// The error as one line, without the caret.
  package var message: String {
    var message = problem
    if let place { message = "\(place): \(message)" }
    if let advice { message += "; \(advice)" }
    return message
  }

  /// The message, and where there is a caret, the text and the caret on two lines of their own.
  package var lines: [String] {
    guard let caret else { return [message] }
    return [message, "  \(caret.text)", "  \(String(repeating: " ", count: caret.offset))^"]
  }
}
