/// Where the shell's lines come from.
package protocol LineSource {
  /// Waits for the next line, showing the prompt where lines are typed.
  func next(prompt: String) -> LineEvent
}

/// What comes from a ``LineSource``.
package enum LineEvent: Hashable, Sendable {
  /// A line without its end. One that was pasted may have several.
  case line([UInt8])
  /// The line that was being typed was dropped.
  case dropped
  /// A line that is longer than can be kept; it is passed over.
  case tooLong
  case end
  /// A signal that ends the shell.
  case signal(Int32)
  case failure(InputError)
}
