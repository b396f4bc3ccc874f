import Synchronization
import Transport

/// A wait that can be ended early, by whoever knows that there is nothing to wait for any more.
final class Pause: Sendable {
  private let runtime: Runtime
  private let state = Mutex((task: Task<Void, any Error>?.none, isEnded: false))

  init(runtime: Runtime) { self.runtime = runtime }

  /// Waits until the loop's clock has reached `instant`, or not at all after ``end()``. One task waits at a time.
  func wait(until instant: Instant) async {
    let task = state.withLock { state -> Task<Void, any Error>? in
      guard !state.isEnded else { return nil }
      state.task = runtime.spawn { [runtime] in try await runtime.sleep(until: instant) }
      return state.task
    }
    _ = await task?.result
  }

  /// Whether there is nothing to wait for any more.
  var isEnded: Bool { state.withLock { $0.isEnded } }

  /// Ends this wait and all that come.
  func end() {
    let task = state.withLock { state in
      state.isEnded = true
      return state.task.take()
    }
    task?.cancel()
  }
}
