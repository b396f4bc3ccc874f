import Synchronization
import Transport

/// Calls back when nothing has come for a while.
final class IdleTimer: Sendable {
  private let runtime: Runtime
  private let state: Mutex<(last: Instant, isStopped: Bool)>

  /// - Parameter timeout: How long, or nil for ever.
  init(_ timeout: Duration?, runtime: Runtime, _ body: @escaping @Sendable () -> Void) {
    self.runtime = runtime
    state = Mutex((runtime.loop.now, false))
    guard let timeout else { return }
    runtime.spawn { [self] in
      while let last = state.withLock({ $0.isStopped ? nil : $0.last }) {
        if runtime.loop.now >= last + timeout { return body() }
        try? await runtime.sleep(until: last + timeout)
      }
    }
  }

  /// Something has come.
  func touch() {
    let now = runtime.loop.now
    state.withLock { $0.last = now }
  }

  func stop() { state.withLock { $0.isStopped = true } }
}
