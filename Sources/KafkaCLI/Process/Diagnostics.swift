package import KafkaClient

/// Writes to standard error: one line per event, each beginning with the program's name.
package final class Diagnostics: Sendable {
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let debug: DebugSelection?
  /// Where in a longer input an error is, such as `line 3`.
  private let place: String?
  private let stream: MessageStream
  private let isHeard: @Sendable () -> Bool
  /// Whether the terminal of the messages is free for a line that is rewritten.
  private let hasRoomForProgress: Bool

  package init(
    isQuiet: Bool = false, isVerbose: Bool = false, debug: DebugSelection? = nil, place: String? = nil,
    to stream: MessageStream = .standardError, hasRoomForProgress: Bool = true,
    while isHeard: @escaping @Sendable () -> Bool = { true }
  ) {
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.debug = debug
    self.place = place
    self.stream = stream
    self.hasRoomForProgress = hasRoomForProgress
    self.isHeard = isHeard
  }

  /// Diagnostics that somebody collects.
  package convenience init(
    isQuiet: Bool = false, isVerbose: Bool = false, debug: DebugSelection? = nil,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    let stream = MessageStream(style: .exact) { bytes, _ in
      write(bytes)
      return .zero
    }
    self.init(isQuiet: isQuiet, isVerbose: isVerbose, debug: debug, to: stream)
  }

  /// The same destination with a command's own verbosity, and the command's place in a script.
  package func with(
    isQuiet: Bool, isVerbose: Bool, debug: DebugSelection? = nil, place: String? = nil
  ) -> Diagnostics {
    Diagnostics(
      isQuiet: isQuiet, isVerbose: isVerbose, debug: debug, place: place, to: stream,
      hasRoomForProgress: hasRoomForProgress, while: isHeard)
  }

  /// The same, for as long as somebody listens.
  ///
  /// - Parameter hasRoomForProgress: Whether no other program writes to the terminal meanwhile.
  func heard(hasRoomForProgress: Bool, while isHeard: @escaping @Sendable () -> Bool) -> Diagnostics {
    Diagnostics(
      isQuiet: isQuiet, isVerbose: isVerbose, debug: debug, place: place, to: stream,
      hasRoomForProgress: hasRoomForProgress, while: isHeard)
  }

  /// Says what failed, whatever the verbosity.
  package func error(_ text: String) { emit(placed(text), .error) }

  /// Says how a command has ended, whatever the verbosity if that is a failure.
  func conclusion(_ text: String, isFailure: Bool) {
    if isFailure || !isQuiet { emit(isFailure ? placed(text) : text, .conclusion, isError: isFailure) }
  }

  /// Says what a user should know, unless quiet.
  package func note(_ text: String) { if !isQuiet { emit(text) } }

  /// Says what became of settings: those that were passed over whatever the verbosity, since something was asked for
  /// that does not happen, and those without effect when verbose.
  func remarks(of configuration: Configuration) {
    for line in configuration.warnings { emit(line) }
    for line in configuration.remarks where isVerbose { emit(line) }
  }

  /// Says what the client does by itself: deviations always, warnings unless quiet, retries and connections when
  /// verbose, and what was asked for of its inner workings, with the area in front of it.
  package func event(_ event: KafkaClientEvent) {
    let isTold =
      switch event.level {
      case .deviation: true
      case .warning: !isQuiet
      case .retry, .info: isVerbose
      case .debug, .trace: false
      }
    if isTold {
      emit(event.text)
    } else if debug?.includes(event) == true {
      emit("\(DebugSelection.name(of: event.area)): \(event.text)")
    }
  }

  /// Says where a command line is wrong, with the place below it where there is one.
  package func usage(_ error: UsageError) {
    for (index, line) in error.lines.enumerated() {
      if index == 0 { emit(placed(line), .error) } else { write(line, .error) }
    }
  }

  private func placed(_ text: String) -> String { place.map { "\($0): \(text)" } ?? text }

  private func emit(_ text: String, _ weight: MessageStream.Weight = .note) {
    emit(text, weight, isError: weight == .error)
  }

  private func emit(_ text: String, _ weight: MessageStream.Weight, isError: Bool) {
    // What a broker sends must not steer a terminal, nor make two lines of one.
    let name = isError && stream.style == .coloured ? "\u{1B}[31mkavka:\u{1B}[0m " : "kavka: "
    write(name + TerminalText.escaped(text), weight)
  }

  private func write(_ line: String, _ weight: MessageStream.Weight) {
    if isHeard() { stream.write(Array((line + "\n").utf8), weight) }
  }

  // MARK: Progress

  /// How progress is told here, if it is.
  ///
  /// - Parameters:
  ///   - isAsked: Whether the user asks for it.
  ///   - isFit: Whether it is told without being asked for, if there is a terminal for it.
  func progressForm(isAsked: Bool, isFit: Bool) -> ProgressForm? {
    if isQuiet { return nil }
    if stream.style.isTerminal, hasRoomForProgress { return isAsked || isFit ? .rewritten : nil }
    return isAsked ? .lines : nil
  }

  /// Tells how far a command is.
  func progress(_ text: String, as form: ProgressForm) {
    switch form {
    case .lines: emit(text)
    case .rewritten: if isHeard() { stream.show(text) }
    }
  }

  /// Takes away what ``progress(_:as:)`` shows.
  func endProgress() { stream.clear() }
}

/// How progress is told.
enum ProgressForm: Sendable {
  /// By a line now and then.
  case lines
  /// By one line of a terminal that is rewritten.
  case rewritten
}
