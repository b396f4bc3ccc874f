import Dispatch
import Glibc
import KafkaClient
import KafkaMockBroker
import Transport

@testable import KafkaCLI

/// A session of the shell inside of a test: its lines, and what came of them.
struct ShellRun {
  var status: KafkaCLI.ExitStatus
  var output: String
  /// What is no data.
  var messages: String

  /// Runs a session to its end, on a thread of its own as it waits without the task giving way.
  ///
  /// - Parameter isTyped: Whether the lines are as if typed, with what Ctrl-C does then.
  static func of(
    _ script: String, _ options: [Argument] = [], on brokers: String, isTyped: Bool = false,
    signals: ShellSignals? = nil
  ) async throws -> ShellRun {
    // As the program does at its start: a reader that goes is an error of writing, and ends nothing.
    signal(SIGPIPE, SIG_IGN)
    let runtime = try Runtime.system()
    defer { runtime.stop() }
    let parsed = try ArgumentParser.parse(["-b", Argument(brokers)] + options, table: ShellOptions.table)
    let common = try CommonArguments(parsed, environment: [:])
    let events = ShellEvents()
    let messages = CollectedText()
    let diagnostics = Diagnostics { messages.append($0) }
    var configuration = KafkaClientConfiguration(common, diagnostics: diagnostics)
    configuration.onEvent = { events.report($0) }
    let client = KafkaClient(configuration, runtime: runtime)
    let signals = try signals ?? ShellSignals()
    let directory = try TemporaryDirectory()
    try directory.write(script, to: "script")
    let output = open(directory.file("output"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let input = open(directory.file("script"), O_RDONLY | O_CLOEXEC)
    defer {
      close(output)
      close(input)
    }
    let status: Result<KafkaCLI.ExitStatus, any Error> = await withCheckedContinuation { continuation in
      DispatchQueue(label: "shell").async {
        continuation.resume(
          returning: Result {
            let runner = CommandRunner(
              client: client, signals: signals, events: events, standardOutput: output, terminal: isTyped ? input : nil)
            let source = ScriptSource(descriptor: input, signals: signals)
            guard isTyped else { return try ShellSession(script: common, runner: runner, diagnostics).run(source) }
            return ShellSession(
              common, runner: runner, topics: try .topics(of: client), diagnostics,
              history: try CommandHistory()
            ).run(source)
          })
      }
    }
    await client.close()
    return ShellRun(
      status: try status.get(), output: directory.contents(of: "output") ?? "", messages: messages.text)
  }
}
