import Synchronization
import Transport

/// Calls back when nothing has come for a while. Only waiting counts: a slow output is no sign that nothing comes.
final class IdleTimer: Sendable {
  private let runtime: Runtime
  private let state = Mutex((waitingSince: Instant?.none, isStopped: false))

  /// - Parameter timeout: How long, or nil for ever.
  init(_ timeout: Duration?, runtime: Runtime, _ body: @escaping @Sendable () -> Void) {
    self.runtime = runtime
    guard let timeout else { return }
    runtime.spawn { [self] in
      while true {
        let (waitingSince, isStopped) = state.withLock { ($0.waitingSince, $0.isStopped) }
        let now = runtime.loop.now
        if isStopped { return }
        if let waitingSince, now >= waitingSince + timeout { return body() }
        try? await runtime.sleep(until: (waitingSince ?? now) + timeout)
      }
    }
  }

  /// Waiting begins now.
  func begin() {
    let now = runtime.loop.now
    state.withLock { $0.waitingSince = now }
  }

  /// Something has come.
  func end() { state.withLock { $0.waitingSince = nil } }

  func stop() { state.withLock { $0.isStopped = true } }
}
