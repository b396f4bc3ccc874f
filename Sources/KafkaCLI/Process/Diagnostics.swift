import Glibc
package import KafkaClient
import Synchronization

/// Writes to standard error: one line per event, each beginning with the program's name.
///
/// A line that standard error does not take at once is dropped: nobody's records wait for a terminal.
package final class Diagnostics: Sendable {
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let debug: DebugSelection?
  /// Where in a longer input an error is, such as `line 3`.
  private let place: String?
  private let write: @Sendable ([UInt8]) -> Void

  package init(
    isQuiet: Bool = false, isVerbose: Bool = false, debug: DebugSelection? = nil, place: String? = nil,
    write: @escaping @Sendable ([UInt8]) -> Void = Diagnostics.writeToStandardError
  ) {
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.debug = debug
    self.place = place
    self.write = write
  }

  /// The same destination with a command's own verbosity, and the command's place in a script.
  package func with(
    isQuiet: Bool, isVerbose: Bool, debug: DebugSelection? = nil, place: String? = nil
  ) -> Diagnostics {
    Diagnostics(isQuiet: isQuiet, isVerbose: isVerbose, debug: debug, place: place, write: write)
  }

  /// The same, for as long as somebody listens.
  func heard(while isHeard: @escaping @Sendable () -> Bool) -> Diagnostics {
    Diagnostics(isQuiet: isQuiet, isVerbose: isVerbose, debug: debug, place: place) { [write] in
      if isHeard() { write($0) }
    }
  }

  /// Says what failed, whatever the verbosity.
  package func error(_ text: String) { emit(placed(text)) }

  /// Says what a user should know, unless quiet.
  package func note(_ text: String) { if !isQuiet { emit(text) } }

  /// Says what became of settings: those that were passed over unless quiet, those without effect when verbose.
  func remarks(of configuration: Configuration) {
    for line in configuration.warnings where !isQuiet { emit(line) }
    for line in configuration.remarks where isVerbose { emit(line) }
  }

  /// Says what the client does by itself: warnings unless quiet, retries and connections when verbose, and what was asked
  /// for of its inner workings, with the area in front of it.
  package func event(_ event: KafkaClientEvent) {
    if event.level == .warning ? !isQuiet : isVerbose && event.level >= .info {
      emit(event.text)
    } else if debug?.includes(event) == true {
      emit("\(DebugSelection.name(of: event.area)): \(event.text)")
    }
  }

  /// Says where a command line is wrong, with the place below it where there is one.
  package func usage(_ error: UsageError) {
    for (index, line) in error.lines.enumerated() {
      if index == 0 { emit(placed(line)) } else { write(Array((line + "\n").utf8)) }
    }
  }

  private func placed(_ text: String) -> String { place.map { "\($0): \(text)" } ?? text }

  private func emit(_ text: String) {
    // What a broker sends must not steer a terminal, nor make two lines of one.
    write(Array(("kavka: " + TerminalText.escaped(text) + "\n").utf8))
  }

  /// Writes to descriptor 2 without waiting for it.
  package static func writeToStandardError(_ bytes: [UInt8]) {
    // A pipe that is ready takes so many bytes at once without waiting.
    let atOnce = 4096
    var bytes = bytes[...]
    while !bytes.isEmpty {
      var status = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
      guard poll(&status, 1, 0) > 0, status.revents & Int16(POLLOUT) != 0 else { return }
      let count = bytes.prefix(atOnce).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
