import Glibc
import KafkaClient
import Transport

/// The process of `kavka shell`: its client, its signals, and where its lines come from.
struct ShellProcess {
  private let common: CommonArguments
  private let diagnostics: Diagnostics
  private let environment: [String: String]

  init(_ arguments: ShellArguments, _ diagnostics: Diagnostics, environment: [String: String]) {
    common = arguments.common
    self.diagnostics = diagnostics.with(isQuiet: common.isQuiet, isVerbose: common.isVerbose, debug: common.debug)
    self.environment = environment
  }

  func run() -> ExitStatus {
    diagnostics.remarks(of: common.configuration)
    let terminal = Self.terminal
    let watched = terminal == nil ? ShellSignals.ofScript : ShellSignals.ofTerminal
    do {
      try InputFile(path: [UInt8(ascii: "-")]).check()
      // Before any thread starts, so that all of them leave the signals to the loop.
      SignalSource.block(watched)
      signal(SIGPIPE, SIG_IGN)
      let signals = try ShellSignals()
      let runtime = try Runtime.system()
      deliver(watched, to: signals, on: runtime)
      return try run(signals, on: runtime, terminal)
    } catch let error as InputError {
      diagnostics.error(error.message)
    } catch {
      diagnostics.error("\(error)")
    }
    return .refused
  }

  private func run(_ signals: ShellSignals, on runtime: Runtime, _ terminal: Terminal?) throws(InputError) -> ExitStatus
  {
    let events = ShellEvents()
    var configuration = KafkaClientConfiguration(common, diagnostics: diagnostics)
    configuration.onEvent = { events.report($0) }
    let client = KafkaClient(configuration, runtime: runtime)
    let runner = CommandRunner(
      client: client, signals: signals, events: events, standardOutput: STDOUT_FILENO, terminal: terminal?.input)
    guard let terminal else {
      return try ShellSession(script: common, runner: runner, diagnostics)
        .run(ScriptSource(descriptor: STDIN_FILENO, signals: signals))
    }
    let topics = try ClusterNames.topics(of: client)
    let groups = try ClusterNames.groups(of: client)
    let editor = try LineEditor(
      input: terminal.input, output: terminal.output, signals: signals,
      completion: ShellCompletion(topics: { topics.current() }, groups: { groups.current() }))
    let history = try loadHistory()
    for line in history.lines { editor.remember(line) }
    return ShellSession(common, runner: runner, topics: topics, diagnostics, history: history)
      .run(editor) { editor.remember($0) }
  }

  /// A history that cannot be kept is no reason not to have a shell.
  private func loadHistory() throws(InputError) -> CommandHistory {
    do {
      return try CommandHistory(file: HistoryFile(environment: environment))
    } catch {
      diagnostics.note("without history: \(error.message)")
      return try CommandHistory()
    }
  }

  private func deliver(_ watched: [Int32], to signals: ShellSignals, on runtime: Runtime) {
    runtime.loop.execute { [diagnostics] in
      do throws(TransportError) {
        _ = try SignalSource(watched, on: runtime.loop) { signals.deliver($0) }
      } catch {
        diagnostics.error("\(error)")
      }
    }
  }

  // MARK: The terminal

  private struct Terminal {
    var input: Int32
    /// Where prompts are shown.
    var output: Int32
  }

  /// The terminal at which lines are typed and seen, if there is one.
  private static var terminal: Terminal? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    // Data that goes to a file shall not have prompts in it.
    return [STDOUT_FILENO, STDERR_FILENO].first { isatty($0) == 1 }.map { Terminal(input: STDIN_FILENO, output: $0) }
  }
}
