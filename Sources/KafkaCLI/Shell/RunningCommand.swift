import Glibc
import Synchronization
import Transport

/// One command of the shell while it runs, and the shell's hold on it.
final class RunningCommand: Sendable {
  private struct State {
    var status: ExitStatus?
    var task: Task<Void, Never>?
    var isOutputOpen = true
  }

  private let state = Mutex(State())
  private let output: CommandOutput
  private let signals: ShellSignals

  init(output: CommandOutput, signals: ShellSignals) {
    self.output = output
    self.signals = signals
  }

  /// How the command has ended, or was left.
  var status: ExitStatus? { state.withLock { $0.status } }

  /// Starts a job, and closes its output at its end.
  func start(_ job: any Job, _ context: JobContext) {
    let work: @Sendable () async -> Void = { [self] in
      let status = await job.run(context)
      state.withLock { state in
        state.status = state.status ?? status
        state.isOutputOpen = false
        close(context.outputDescriptor)
      }
      signals.wake()
    }
    // As for a process of one command: a chain of requests runs on the loop, what formats records does not. This thread
    // waits for the end, or cancels the task.
    let task =
      job.isChainOfRequests
      ? Task(executorPreference: context.runtime.loop, operation: work)
      : Task(executorPreference: globalConcurrentExecutor, operation: work)
    state.withLock { $0.task = task }
  }

  /// Gives up on the command: it is told to stop, and whatever it still does is neither seen nor waited for.
  func abandon(_ signal: Int32) {
    let task = state.withLock { state -> Task<Void, Never>? in
      guard state.status == nil else { return nil }
      state.status = .signal(signal)
      if state.isOutputOpen { output.discard() }
      return state.task
    }
    task?.cancel()
    signals.wake()
  }
}
