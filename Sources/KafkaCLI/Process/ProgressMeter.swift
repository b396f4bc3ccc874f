import Glibc
import Synchronization
import Transport

/// Tells from time to time how far a command is. Whoever does the work says so with each batch or block.
final class ProgressMeter: Sendable {
  /// How much has been done, and how much there is to do where that is known, both in a unit of the command's own.
  struct Work: Equatable, Sendable {
    var records: Int64 = 0
    var bytes: Int64 = 0
    var done: Int64 = 0
    var total: Int64?
  }

  /// How often a line is rewritten; a command that takes less shows none.
  private static let rewriting: Duration = .milliseconds(500)
  /// How often another line is written.
  private static let writing: Duration = .seconds(5)

  private let diagnostics: Diagnostics
  private let form: ProgressForm
  private let runtime: Runtime
  private let start: Instant
  private let work = Mutex(Work())
  private let task: Mutex<Task<Void, any Error>?> = Mutex(nil)

  /// - Parameters:
  ///   - isAsked: Whether the user asks for it.
  ///   - hasEnd: Whether the command has an end by itself.
  /// - Returns: Nothing where it would disturb: it is told without being asked for only to a terminal that does not
  ///   show the data, and of what goes into a pipe, whose reader may well write to that terminal, only if it has an
  ///   end.
  init?(_ context: JobContext, isAsked: Bool, hasEnd: Bool) {
    var status = stat()
    let isFile = fstat(context.outputDescriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    let isFit = isatty(context.outputDescriptor) != 1 && (isFile || hasEnd)
    guard let form = context.diagnostics.progressForm(isAsked: isAsked, isFit: isFit) else { return nil }
    self.form = form
    diagnostics = context.diagnostics
    runtime = context.runtime
    start = runtime.loop.now
    let task = runtime.spawn { [self] in try await run() }
    self.task.withLock { $0 = task }
  }

  /// Says how much has been done.
  func update(_ change: (inout Work) -> Void) { work.withLock { change(&$0) } }

  private func run() async throws {
    let interval = form == .rewritten ? Self.rewriting : Self.writing
    var next = start + interval
    var last: (work: Work, time: Instant) = (Work(), start)
    var wasStill = false
    while true {
      try await runtime.sleep(until: next)
      let now = runtime.loop.now
      let work = work.withLock { $0 }
      // What stands still is said once: who reads the data may be showing it on the same terminal.
      let isStill = work == last.work
      if !(isStill && wasStill) {
        let text = ProgressText(work, since: last.work, over: now - last.time, elapsed: now - start)
        diagnostics.progress(text.line, as: form)
      }
      (last, wasStill) = ((work, now), isStill)
      next = now + interval
    }
  }

  /// Ends it. Where lines were asked for, the last one tells of the whole.
  func stop() {
    task.withLock { $0.take() }?.cancel()
    switch form {
    case .rewritten: diagnostics.endProgress()
    case .lines:
      var work = work.withLock { $0 }
      work.total = nil
      let elapsed = runtime.loop.now - start
      diagnostics.progress(ProgressText(work, since: Work(), over: elapsed, elapsed: elapsed).line, as: form)
    }
  }
}
