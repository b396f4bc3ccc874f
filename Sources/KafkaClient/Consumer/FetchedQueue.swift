import Buffers
import Synchronization
import Transport

/// Hands fetched records from the loop to whoever reads them.
///
/// It takes what it is given: the one who fetches asks ``FetchedMemory`` first, so waiting happens between answers.
final class FetchedQueue: Sendable {
  private struct State {
    var waiting = FIFOQueue<FetchedRecords>()
    var end: Result<Void, KafkaError>?
    var reader: CheckedContinuation<Result<FetchedRecords?, KafkaError>, Never>?
    var isCancelled = false
  }

  private let state = Mutex(State())

  /// Whether nothing waits and nothing more will come.
  var isAtEnd: Bool { state.withLock { $0.waiting.isEmpty && $0.end != nil } }

  func push(_ records: FetchedRecords) {
    let reader = state.withLock { state in
      if let reader = state.reader.take() { return Optional(reader) }
      state.waiting.append(records)
      return nil
    }
    reader?.resume(returning: .success(records))
  }

  /// Nothing more will come; what waits can still be read.
  func finish(_ result: Result<Void, KafkaError>) {
    let reader = state.withLock { state in
      if state.end == nil { state.end = result }
      return state.reader.take()
    }
    reader?.resume(returning: result.map { nil })
  }

  /// The oldest records, or nil when all have been read.
  func pop() async throws(KafkaError) -> FetchedRecords? {
    try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let result: Result<FetchedRecords?, KafkaError>? = state.withLock { state in
          if state.isCancelled { return .failure(.cancelled) }
          if let records = state.waiting.popFirst() { return .success(records) }
          if let end = state.end { return end.map { nil } }
          state.reader = continuation
          return nil
        }
        if let result { continuation.resume(returning: result) }
      }
    } onCancel: {
      interrupt()
    }.get()
  }

  /// The oldest records, if there are any.
  func popWithoutWaiting() -> FetchedRecords? {
    state.withLock { state in state.isCancelled ? nil : state.waiting.popFirst() }
  }

  /// Lets nobody wait or read any more.
  func interrupt() {
    let reader = state.withLock { state in
      state.isCancelled = true
      return state.reader.take()
    }
    reader?.resume(returning: .failure(.cancelled))
  }
}
