import KafkaClient
import Synchronization
import Transport

/// Tells the user of records that were not stored, and remembers what it means for the exit status.
///
/// The first failures are told one by one, each with the places of its records in the input. Of more than a few within
/// ten seconds the rest is summed up by reason, so that standard error is not flooded.
final class ProduceFailures: Sendable {
  private static let toldInFull = 20
  private static let interval: Duration = .seconds(10)
  private static let maximumReasons = 16

  /// Failures for one reason that were not told one by one.
  private struct Rest {
    var records = 0
    var first = Int64.max
    var last = Int64.min
  }

  private struct State {
    var status = ExitStatus.success
    var refused = 0
    var began = Instant(nanoseconds: .min)
    var told = 0
    var rest: [String: Rest] = [:]
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
    let fate = failure.error.isOutcomeUnknown ? "may or may not be stored" : "not stored"
    let numbers = failure.numbers
    let subject =
      numbers.count == 1
      ? places.name(of: numbers.first) + (failure.recordBytes.map { " (\($0.inBytes))" } ?? "")
      : "\(failure.recordCount) records (\(places.names(of: numbers)))"
    tell("\(subject) \(fate): \(failure.error)", ExitStatus(failure.error)) { state in
      let reason = [failure.error.operation, failure.error.reason].compactMap(\.self).joined(separator: ": ")
      let key = "\(fate): \(state.rest.count < Self.maximumReasons ? reason : "for other reasons")"
      var rest = state.rest[key] ?? Rest()
      rest.records += failure.recordCount
      rest.first = min(rest.first, numbers.first)
      rest.last = max(rest.last, numbers.last)
      state.rest[key] = rest
    }
  }

  /// Takes note of one record that cannot be sent as it is: its number, and what is wrong with it.
  func refuse(_ number: Int64, _ reason: String) {
    tell("\(places.name(of: number)) \(reason)", .refused) { state in
      var rest = state.rest["not sent"] ?? Rest()
      rest.records += 1
      rest.first = min(rest.first, number)
      rest.last = max(rest.last, number)
      state.rest["not sent"] = rest
    }
    state.withLock { $0.refused += 1 }
  }

  /// Tells what was held back.
  func finish() { for line in state.withLock({ takeRest(&$0) }) { context.diagnostics.error(line) } }

  /// Writes a line, or has it added to those that are summed up.
  private func tell(_ line: String, _ status: ExitStatus, orAdd add: (inout State) -> Void) {
    let now = context.runtime.loop.now
    let lines = state.withLock { state -> [String] in
      state.status = state.status.combined(with: status)
      var lines: [String] = []
      if state.told == 0 || now - state.began >= Self.interval {
        lines = takeRest(&state)
        (state.began, state.told) = (now, 0)
      }
      guard state.told < Self.toldInFull else {
        add(&state)
        return lines
      }
      state.told += 1
      return lines + [line]
    }
    for line in lines { context.diagnostics.error(line) }
  }

  private func takeRest(_ state: inout State) -> [String] {
    defer { state.rest = [:] }
    return state.rest.sorted { $0.value.first < $1.value.first }.map { reason, rest in
      let count = rest.records == 1 ? "1 more record" : "\(rest.records) more records"
      return "\(count) (\(places.among(rest.first, rest.last))) \(reason)"
    }
  }
}
