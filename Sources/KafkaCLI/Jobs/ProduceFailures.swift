import KafkaClient
import Synchronization
import Transport

/// Tells the user of records that were not stored, and remembers what it means for the exit status.
final class ProduceFailures: Sendable {
  private struct State {
    var status = ExitStatus.success
    var oversized = 0
    var lines = RepeatedLine()
  }

  private let context: JobContext
  private let state = Mutex(State())

  init(_ context: JobContext) { self.context = context }

  /// The worst of what happened.
  var status: ExitStatus { state.withLock { $0.status } }

  /// The records that were refused before they were sent.
  var oversized: Int { state.withLock { $0.oversized } }

  /// Takes note of a batch that was not acknowledged. Called on the loop.
  func note(_ failure: ProduceFailure) {
    let fate = failure.error.isOutcomeUnknown ? "may or may not be stored" : "not stored"
    report("\(count(failure.recordCount)) \(fate): \(failure.error)", ExitStatus(failure.error))
  }

  /// Takes note of a record that is larger than is allowed.
  func noteOversized(record number: Int64, bytes: Int64, limit: Int) {
    state.withLock { $0.oversized += 1 }
    report(
      "record \(number) has \(bytes) bytes, and \(limit) are allowed: not sent; raise --max-record-bytes", .refused)
  }

  /// Writes the lines that were held back because they were many.
  func finish() { for line in state.withLock({ $0.lines.takeHeldBack() }) { context.diagnostics.error(line) } }

  private func report(_ text: String, _ status: ExitStatus) {
    let now = context.runtime.loop.now
    let line = state.withLock { state in
      state.status = state.status.combined(with: status)
      return state.lines.admit(text, at: now)
    }
    if let line { context.diagnostics.error(line) }
  }

  private func count(_ records: Int) -> String { records == 1 ? "1 record" : "\(records) records" }
}
