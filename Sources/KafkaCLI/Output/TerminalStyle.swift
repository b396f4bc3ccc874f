import Glibc

/// How the bytes of others are shown: exactly, or to a terminal, which would act on some of them.
package enum TerminalStyle: Sendable {
  /// A pipe or a file: every byte as it is.
  case exact
  /// A terminal without colour: escapes in place of control characters.
  case plain
  /// A terminal with colour.
  case coloured

  /// - Parameter environment: `NO_COLOR` that is not empty, and a `TERM` of `dumb`, keep colour away
  ///   (https://no-color.org).
  package init(descriptor: Int32, environment: [String: String]) {
    self.init(isTerminal: isatty(descriptor) == 1, environment: environment)
  }

  package init(isTerminal: Bool, environment: [String: String]) {
    let allowsColour = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    self = !isTerminal ? .exact : allowsColour ? .coloured : .plain
  }

  package var isTerminal: Bool { self != .exact }
}
