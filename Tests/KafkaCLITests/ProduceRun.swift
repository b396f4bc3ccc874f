import Glibc
import KafkaClient
import Synchronization
import Transport

@testable import KafkaCLI

/// A run of `kavka produce` inside of a test, with files or pipes for what it reads and writes.
final class ProduceRun: Sendable {
  private let runtime: Runtime
  private let job: ProduceJob
  private let context: JobContext
  private let messages: CollectedText

  /// - Parameters:
  ///   - words: The command line behind `kavka produce`.
  ///   - output: Where its data goes.
  init(_ words: [Argument], on brokers: String, output: Int32 = STDOUT_FILENO) throws {
    let words = ["produce", "-b", Argument(brokers)] + words
    guard case .produce(let arguments) = try CommandLineParser.parse(words, environment: [:]) else {
      throw UsageError("not produce")
    }
    let messages = CollectedText()
    let diagnostics = Diagnostics(isQuiet: arguments.common.isQuiet, isVerbose: arguments.common.isVerbose) {
      messages.append($0)
    }
    // As the program does at its start: a reader that goes is an error of writing, and ends nothing.
    _ = Glibc.signal(SIGPIPE, SIG_IGN)
    runtime = try Runtime.system()
    let client = KafkaClient(KafkaClientConfiguration(arguments.common, diagnostics: diagnostics), runtime: runtime)
    let left = Left()
    job = ProduceJob(arguments)
    context = JobContext(
      client: client, diagnostics: diagnostics, interrupts: Interrupts { left.note($0) }, outputDescriptor: output)
    self.messages = messages
    self.left = left
  }

  deinit { runtime.stop() }

  private let left: Left

  /// What was written to standard error so far, line by line.
  var lines: [String] { messages.lines }

  /// The signal by which the command was left at once, if it was.
  var leftBySignal: Int32? { left.signal }

  /// Runs it to its end.
  func end() async -> KafkaCLI.ExitStatus {
    let status = await job.run(context)
    await context.client.close()
    return status
  }

  /// Delivers a signal as the process does.
  func signal(_ number: Int32) { runtime.loop.execute { [context] in context.interrupts.deliver(number) } }

  private final class Left: Sendable {
    private let number = Mutex<Int32?>(nil)

    func note(_ signal: Int32) { number.withLock { $0 = $0 ?? signal } }

    var signal: Int32? { number.withLock { $0 } }
  }
}
