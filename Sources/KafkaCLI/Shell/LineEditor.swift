import CReadline
import Glibc

/// Lines that are typed at a terminal, by GNU readline. There is one in a process, used by one thread.
final class LineEditor: LineSource {
  private let input: Int32
  private let signals: ShellSignals
  private let completion: ShellCompletion
  /// What readline has handed over of the line that was finished.
  private var finished: LineEvent?

  /// - Parameter output: The terminal that shows the lines.
  init(input: Int32, output: Int32, signals: ShellSignals, completion: ShellCompletion) throws(InputError) {
    self.input = input
    self.signals = signals
    self.completion = completion
    // The editor lives as long as the process.
    let failure = kavka_readline_open(
      input, output, Unmanaged.passRetained(self).toOpaque(),
      { context, line in LineEditor.of(context)?.finish(line) },
      { context, line, start, end in
        LineEditor.of(context)?.complete(line, Int(start), Int(end)) ?? KAVKA_COMPLETE_CANDIDATES
      })
    guard failure == 0 else { throw InputError(source: "the terminal", errno: failure) }
  }

  /// Makes lines of the past available for calling back.
  func remember(_ line: [UInt8]) {
    let line = line.map { CChar(bitPattern: $0) } + [0]
    kavka_readline_remember(line, Int32(CommandHistory.limit))
  }

  func next(prompt: String) -> LineEvent {
    kavka_readline_prompt(prompt)
    while true {
      let (received, isReady) = signals.wait(with: input)
      for signal in received {
        if let event = note(signal) { return event }
      }
      if isReady { kavka_readline_read() }
      if let event = finished.take() { return event }
    }
  }

  private func note(_ signal: Int32) -> LineEvent? {
    switch signal {
    case SIGINT:
      kavka_readline_interrupt()
      return .dropped
    case SIGWINCH: kavka_readline_resize()
    case SIGTSTP:
      kavka_readline_pause()
      ShellSignals.stopProcess()
      kavka_readline_resume()
    case let signal where ShellSignals.endings.contains(signal):
      kavka_readline_close()
      return .signal(signal)
    default: break
    }
    return nil
  }

  // MARK: What readline calls

  private static func of(_ context: UnsafeMutableRawPointer?) -> LineEditor? {
    context.map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  private func finish(_ line: UnsafePointer<CChar>?) {
    finished = line.map { .line(Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))) } ?? .end
  }

  private func complete(_ line: UnsafePointer<CChar>?, _ start: Int, _ end: Int) -> kavka_completion_kind {
    guard let line else { return KAVKA_COMPLETE_CANDIDATES }
    let bytes = Array(UnsafeRawBufferPointer(start: line, count: strlen(line)))
    guard 0...end ~= start, end <= bytes.count else { return KAVKA_COMPLETE_CANDIDATES }
    switch completion.offer(for: bytes[start..<end], after: bytes[..<start]) {
    case .fileNames: return KAVKA_COMPLETE_FILE_NAMES
    case .candidates(let candidates):
      for candidate in candidates { kavka_readline_candidate(candidate) }
      return KAVKA_COMPLETE_CANDIDATES
    }
  }
}
