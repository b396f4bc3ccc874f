import Glibc
package import KafkaClient
import Transport

/// Runs commands one after another over one client, while the calling thread watches over them.
package final class CommandRunner {
  /// How long a command that was told to end may take, before it is left.
  private static let grace: Duration = .milliseconds(200)
  /// How often a program is asked whether it has ended, in milliseconds.
  private static let programInterval: Int32 = 50

  let client: KafkaClient
  private let signals: ShellSignals
  private let events: ShellEvents
  private let standardOutput: Int32
  /// The terminal whose keys reach the commands; nothing for a script.
  private let terminal: Int32?
  /// The signal that ends the shell, once it has come.
  private(set) var endingSignal: Int32?

  /// - Parameter terminal: The terminal that commands are typed at; nothing for a script.
  package init(
    client: KafkaClient, signals: ShellSignals, events: ShellEvents, standardOutput: Int32, terminal: Int32? = nil
  ) {
    self.client = client
    self.signals = signals
    self.events = events
    self.standardOutput = standardOutput
    self.terminal = terminal
  }

  /// Runs a job until it ends or is left because of a signal.
  ///
  /// - Parameters:
  ///   - diagnostics: Where it writes what is no data, until it is left.
  ///   - usedSignals: How many signals it makes use of before it is left.
  func run(
    _ job: any Job, to destination: ShellLine.Destination, _ diagnostics: Diagnostics, usedSignals: Int = 1
  ) -> ExitStatus {
    let output: CommandOutput
    do throws(RedirectionError) {
      output = try CommandOutput(destination, standardOutput: standardOutput)
    } catch {
      diagnostics.error(error.message)
      return .refused
    }
    let settings = output.program == nil ? nil : terminal.map(TerminalSettings.init(of:))
    defer { settings?.restore() }

    let command = RunningCommand(output: output, signals: signals)
    let interrupts = Interrupts { command.abandon($0) }
    let audible = diagnostics.heard(hasRoomForProgress: output.program == nil) { command.status == nil }
    events.listener = audible
    defer { events.listener = nil }
    command.start(
      job,
      JobContext(
        client: client, diagnostics: audible, interrupts: interrupts, outputDescriptor: output.descriptor))
    let status = wait(for: command, interrupts, usedSignals)
    guard let program = output.program else { return status }
    let programStatus = wait(for: program)
    // A program that has seen enough is no failure of the command.
    return status == .success || status == .brokenPipe ? programStatus : status
  }

  private func wait(for command: RunningCommand, _ interrupts: Interrupts, _ usedSignals: Int) -> ExitStatus {
    var count = 0
    var deadline: Instant?
    while true {
      if let status = command.status { return status }
      let left = deadline.map { ($0 - client.runtime.loop.now).milliseconds }
      if let left, left <= 0 { command.abandon(interrupts.signal ?? SIGINT) }
      for signal in signals.wait(timeout: Int32(clamping: left.map { max($0, 0) } ?? -1)).signals {
        guard note(signal) else { continue }
        count += 1
        interrupts.deliver(signal)
        if count >= usedSignals { deadline = client.runtime.loop.now + Self.grace }
      }
    }
  }

  private func wait(for program: PipedProgram) -> ExitStatus {
    while true {
      if let status = program.takeEnd() { return status }
      // Who ends the shell does not wait for a program that goes on.
      if let endingSignal { return .signal(endingSignal) }
      // The end of the program is a signal, unless whoever has the process keeps that from the shell.
      for signal in signals.wait(timeout: Self.programInterval).signals { _ = note(signal) }
    }
  }

  /// - Returns: Whether the signal asks the command to end.
  private func note(_ signal: Int32) -> Bool {
    switch signal {
    case SIGINT where terminal != nil: return true
    case SIGTSTP:
      ShellSignals.stopProcess()
      return false
    case SIGCHLD, SIGWINCH: return false
    default:
      endingSignal = endingSignal ?? signal
      return true
    }
  }
}
