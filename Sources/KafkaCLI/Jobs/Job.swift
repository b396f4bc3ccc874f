package import KafkaClient
import Transport

/// A command that has been understood: a plain value that can be run.
package protocol Job: Sendable {
  /// Whether it only asks and prints a little, so that it may run on the event loop.
  var isChainOfRequests: Bool { get }

  /// Does what was asked for, with its data on standard output and all else on standard error.
  func run(_ context: JobContext) async -> ExitStatus
}

/// What a job works with.
package struct JobContext: Sendable {
  package let client: KafkaClient
  package let diagnostics: Diagnostics
  package let interrupts: Interrupts
  /// Where data goes: standard output, or what a shell redirects it to.
  package let outputDescriptor: Int32
  /// Who is asked before something is deleted.
  package let confirmation: Confirmation

  package init(
    client: KafkaClient, diagnostics: Diagnostics, interrupts: Interrupts, outputDescriptor: Int32,
    confirmation: Confirmation = .ofTerminal
  ) {
    self.client = client
    self.diagnostics = diagnostics
    self.interrupts = interrupts
    self.outputDescriptor = outputDescriptor
    self.confirmation = confirmation
  }

  var runtime: Runtime { client.runtime }

  /// Asks brokers one thing after another, on the loop: there a question and its answer change no thread.
  func asking<Answer>(
    _ questions: () async throws(KafkaError) -> Answer
  ) async throws(KafkaError) -> Answer {
    try await withTaskExecutorPreference(runtime.loop, operation: questions)
  }

  /// How much time is left, never less than none.
  func left(until deadline: Instant) -> Duration { max(deadline - runtime.loop.now, .zero) }

  /// Says what failed, and gives the status for it.
  func fail(_ error: KafkaError) -> ExitStatus {
    diagnostics.error("\(error.inCommandTerms)")
    return ExitStatus(error)
  }

  /// Says that data could not be written. A reader that has gone is no error, but ends the command as it ends `cat`.
  func fail(_ error: OutputError) -> ExitStatus {
    if error == .brokenPipe { return .brokenPipe }
    if error == .interrupted, let signal = interrupts.signal { return .signal(signal) }
    diagnostics.error(error.message)
    return .refused
  }
}
