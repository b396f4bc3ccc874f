import KafkaClient
import Synchronization
import Transport

/// Tells the user of records that were not stored, and remembers what it means for the exit status.
///
/// Failures for the same reason that come together are told in one line, with the places of the records in the input.
/// Of more than a few lines within ten seconds the rest is summed up, so that standard error is not flooded.
final class ProduceFailures: Sendable {
  private static let linesInFull = 20
  private static let interval: Duration = .seconds(10)
  private static let maximumReasons = 16

  private struct State {
    var status = ExitStatus.success
    var refused = 0
    /// What has come since the last line, in order: what is told of it alone, and of it together with others.
    var fresh: [(text: String, reason: String, records: FailedRecords)] = []
    var began: Instant?
    var lines = 0
    /// What was not told alone, by reason.
    var rest: [String: FailedRecords] = [:]
  }

  /// Where records are in the input.
  let places: InputPlaces
  private let context: JobContext
  private let state = Mutex(State())

  init(_ context: JobContext, _ places: InputPlaces) {
    self.context = context
    self.places = places
  }

  /// The worst of what happened.
  var status: ExitStatus { state.withLock { $0.status } }

  /// The records that failed without having been given to the producer.
  var refused: Int { state.withLock { $0.refused } }

  /// Takes note of records that were not acknowledged. Called on the loop.
  func note(_ failure: ProduceFailure) {
    let error = failure.error
    let fate = error.isOutcomeUnknown ? "may or may not be stored" : "not stored"
    let reason = [error.operation, error.reason].compactMap(\.self).joined(separator: ": ")
    let isFirst = add(
      FailedRecords(failure.numbers, bytes: failure.recordBytes), " \(fate): \(error.inCommandTerms)",
      "\(fate): \(reason)",
      ExitStatus(error))
    // Batches that fail together do so in one turn of the loop.
    if isFirst { context.runtime.loop.execute { self.tell() } }
  }

  /// Takes note of one record that cannot be sent as it is: its number and size, and what is wrong with it. ``tell()``
  /// is to be called after a block of them.
  func refuse(_ number: Int64, bytes: Int64, _ reason: String) {
    state.withLock { $0.refused += 1 }
    _ = add(FailedRecords(number, bytes: bytes), " not sent: \(reason)", "not sent: \(reason)", .refused)
  }

  /// Tells what was held back.
  func finish() {
    tell()
    for line in state.withLock({ takeRest(&$0) }) { context.diagnostics.error(line) }
  }

  /// - Returns: Whether nothing else waits to be told.
  private func add(_ records: FailedRecords, _ text: String, _ reason: String, _ status: ExitStatus) -> Bool {
    state.withLock { state in
      state.status = state.status.combined(with: status)
      if state.fresh.last?.text == text {
        state.fresh[state.fresh.count - 1].records.add(records)
      } else if state.fresh.count < Self.linesInFull {
        state.fresh.append((text, reason, records))
      } else {
        Self.addToRest(records, reason, &state)
      }
      return state.fresh.count == 1
    }
  }

  /// Writes a line for each failure that has come, or adds it to those that are summed up.
  func tell() {
    let now = context.runtime.loop.now
    let lines = state.withLock { state -> [String] in
      var lines: [String] = []
      let began = state.began ?? now
      state.began = began
      if now - began >= Self.interval {
        lines = takeRest(&state)
        (state.began, state.lines) = (now, 0)
      }
      for (text, reason, records) in state.fresh {
        if state.lines < Self.linesInFull {
          state.lines += 1
          lines.append(records.words(places) + text)
        } else {
          Self.addToRest(records, reason, &state)
        }
      }
      state.fresh = []
      return lines
    }
    for line in lines { context.diagnostics.error(line) }
  }

  private static func addToRest(_ records: FailedRecords, _ reason: String, _ state: inout State) {
    let isListed = state.rest[reason] != nil || state.rest.count < maximumReasons
    let key = isListed ? reason : "not stored for other reasons"
    if state.rest[key] == nil { state.rest[key] = records } else { state.rest[key]?.add(records) }
  }

  private func takeRest(_ state: inout State) -> [String] {
    defer { state.rest = [:] }
    return state.rest.sorted { $0.value.first < $1.value.first }.map { "\($1.wordsForMore(places)) \($0)" }
  }
}
