import Transport

/// A timer of the loop for many instants of which the earliest counts: it is moved only when an earlier one comes up.
struct EarliestTimer {
  private let loop: any EventLoop
  private var pending: (id: TimerID, at: Instant)?

  init(_ loop: any EventLoop) { self.loop = loop }

  /// Has `body` called at `instant`, unless it is to be called before that anyway. What it does begins with
  /// ``stop()``.
  mutating func set(at instant: Instant, _ body: @escaping @Sendable () -> Void) {
    if let pending {
      guard instant < pending.at else { return }
      loop.cancel(pending.id)
    }
    pending = (loop.schedule(at: instant, body), instant)
  }

  /// Forgets what was set.
  mutating func stop() {
    if let pending { loop.cancel(pending.id) }
    pending = nil
  }
}
