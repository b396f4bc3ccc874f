import Glibc
import KafkaClient
import Synchronization
import Transport

/// A process with one client: its event loop, its signals, and the task that runs a job while the main thread waits.
struct ClientProcess {
  private let common: CommonArguments
  private let diagnostics: Diagnostics

  init(_ common: CommonArguments, _ diagnostics: Diagnostics) {
    self.common = common
    self.diagnostics = diagnostics.with(isQuiet: common.isQuiet, isVerbose: common.isVerbose, debug: common.debug)
  }

  /// Runs a job to its end.
  ///
  /// - Parameter make: Makes the job at the present, in milliseconds since 1970-01-01 UTC.
  func run(_ make: (_ now: Int64) -> any Job) -> ExitStatus {
    diagnostics.remarks(of: common.configuration)
    // Before any thread starts, so that all of them leave the signals to the loop.
    SignalSource.block(ProcessEnd.signals)
    signal(SIGPIPE, SIG_IGN)
    let runtime: Runtime
    do throws(TransportError) { runtime = try Runtime.system() } catch {
      diagnostics.error("\(error)")
      return .refused
    }
    let client = KafkaClient(KafkaClientConfiguration(common, diagnostics: diagnostics), runtime: runtime)
    let interrupts = Interrupts { ProcessEnd.bySignal($0) }
    runtime.deliverSignals(diagnostics) { interrupts.deliver($0) }
    let context = JobContext(
      client: client, diagnostics: diagnostics, interrupts: interrupts, outputDescriptor: STDOUT_FILENO)
    let job = make(runtime.wallClock.milliseconds)
    return Self.run(job, context, onLoop: job.isChainOfRequests)
  }

  private static func run(_ job: any Job, _ context: JobContext, onLoop: Bool) -> ExitStatus {
    let thread = WaitingThread<ExitStatus>()
    let work: @Sendable () async -> Void = {
      let status = await job.run(context)
      await context.client.close()
      thread.set(status)
    }
    // A chain of requests saves two thread switches for each by running on the loop; what opens, formats or writes
    // records must not hold the loop up, and runs here. This is the one task of the process that nobody awaits but this
    // thread.
    if onLoop {
      context.runtime.spawn(work)
    } else {
      Task(executorPreference: thread, operation: work)
    }
    return thread.wait()
  }
}
