import Glibc

/// Asks whoever sits at the terminal, before something is deleted.
package struct Confirmation: Sendable {
  private let answer: @Sendable (_ question: String, _ isEnded: @Sendable () -> Bool) -> String?

  /// - Parameter answer: Gives the answer to a question, or nothing where nobody can be asked.
  package init(answer: @escaping @Sendable (_ question: String, _ isEnded: @Sendable () -> Bool) -> String?) {
    self.answer = answer
  }

  /// Asks over standard error and standard input, if both are terminals.
  package static let ofTerminal = Confirmation { question, isEnded in
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    MessageStream.write(Array(TerminalText.escaped(question).utf8), to: STDERR_FILENO)
    return readLine(until: isEnded)
  }

  /// The answer without the blanks around it; nothing where nobody can be asked, or a signal ends the command.
  func ask(_ question: String, _ context: JobContext) -> String? {
    let interrupts = context.interrupts
    return answer(question) { interrupts.signal != nil }
  }

  /// The most bytes of an answer.
  private static let limit = 4096

  /// Looks from time to time whether a signal has come, so that no later line is taken from whoever reads then.
  private static func readLine(until isEnded: () -> Bool) -> String? {
    var line: [UInt8] = []
    while line.count < limit {
      var status = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&status, 1, 100)
      if isEnded() { return nil }
      guard ready > 0 else { continue }
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) == 1, byte != 0x0A else { break }
      line.append(byte)
    }
    while let last = line.last, [0x20, 0x09, 0x0D].contains(last) { line.removeLast() }
    return String(decoding: line.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
  }
}
