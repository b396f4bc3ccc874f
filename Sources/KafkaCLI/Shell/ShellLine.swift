/// A line of the shell: the words of a command, and where its output goes.
package struct ShellLine: Hashable, Sendable {
  /// Where the output of a command goes.
  package enum Destination: Hashable, Sendable {
    case standardOutput
    /// A file, by the name that the system has for it.
    case file([UInt8], appends: Bool)
    /// The input of a command of /bin/sh.
    case program([UInt8])
  }

  /// Empty for a line with nothing but blanks and a comment.
  package var words: [Argument] = []
  package var destination = Destination.standardOutput

  /// Reads a line without its end.
  ///
  /// - Throws: Where the line is wrong, with a caret below the place.
  package init(parsing line: [UInt8]) throws(UsageError) {
    var tokens = try ShellLexer.tokens(of: line)[...]
    while let next = tokens.popFirst() {
      if case .word(let word) = next.token {
        words.append(word)
        continue
      }
      guard !words.isEmpty else { throw ShellLexer.error("a command is missing", in: line, at: next.offset) }
      destination = try Self.destination(next, &tokens, line)
      if let surplus = tokens.first {
        throw ShellLexer.error(
          "nothing may follow the name of the file", in: line, at: surplus.offset,
          advice: "options stand before >, and quotes keep a name with blanks together")
      }
    }
  }

  private static func destination(
    _ operation: ShellLexer.PlacedToken, _ tokens: inout ArraySlice<ShellLexer.PlacedToken>, _ line: [UInt8]
  ) throws(UsageError) -> Destination {
    switch operation.token {
    case .pipe(let command):
      guard !command.isEmpty else {
        throw ShellLexer.error("a program is missing after |", in: line, at: operation.offset)
      }
      return .program(command)
    case .output(let appends):
      guard case .word(let name) = tokens.popFirst()?.token else {
        throw ShellLexer.error("a file is missing after >", in: line, at: operation.offset)
      }
      return .file(name.bytes, appends: appends)
    case .word: preconditionFailure("a word is no operator")
    }
  }
}
