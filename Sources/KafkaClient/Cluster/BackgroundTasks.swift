import Synchronization
import Transport

/// The tasks that work for a client beside those of its callers, so that they can be ended with it.
final class BackgroundTasks: Sendable {
  private struct State {
    var running: [UInt64: Task<Void, any Error>] = [:]
    var nextNumber: UInt64 = 0
    var isEnded = false
  }

  private let runtime: Runtime
  private let state = Mutex(State())

  init(_ runtime: Runtime) { self.runtime = runtime }

  /// Starts a task on the loop.
  ///
  /// - Returns: The task, or nil after the end, when nothing is started any more.
  @discardableResult
  func start(_ body: @escaping @Sendable () async throws -> Void) -> Task<Void, any Error>? {
    state.withLock { state in
      guard !state.isEnded else { return nil }
      let number = state.nextNumber
      state.nextNumber += 1
      let task = runtime.spawn { [self] in
        defer { ended(number) }
        try await body()
      }
      state.running[number] = task
      return task
    }
  }

  private func ended(_ number: UInt64) { state.withLock { $0.running[number] = nil } }

  /// Cancels all tasks, and returns when they have ended.
  func end() async {
    let running = state.withLock { state in
      state.isEnded = true
      return state.running.sorted { $0.key < $1.key }.map(\.value)
    }
    for task in running { task.cancel() }
    for task in running { _ = await task.result }
  }

  /// How many have not ended.
  var count: Int { state.withLock { $0.running.count } }
}
