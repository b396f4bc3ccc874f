/// One thread on which sockets, timers and the actors pinned to it run.
///
/// It is the executor of every actor of the client and of the mock cluster, so calls between them, from timers and
/// from channels never change threads and need no lock. Tasks that are chains of requests prefer it too.
///
/// A task that prefers the loop but is on no actor of it lets other jobs run at each `await`, also at those of
/// continuations: what it read before is to be read again within the continuation's closure.
package protocol EventLoop: SerialExecutor, TaskExecutor {
  /// Monotonic time. May be read on any thread.
  var now: Instant { get }

  /// Whether the caller runs on the loop.
  var isCurrent: Bool { get }

  /// Calls `body` on the loop at `instant` or soon after. Must be called on the loop.
  func schedule(at instant: Instant, _ body: @escaping @Sendable () -> Void) -> TimerID

  /// Forgets a timer; one that has fired already is no error. Must be called on the loop.
  func cancel(_ timer: TimerID)

  /// Calls `body` on the loop, as soon as what runs now has ended. May be called on any thread.
  func execute(_ body: @escaping @Sendable () -> Void)
}

/// Names a timer of an event loop.
package struct TimerID: Hashable, Sendable {
  package var number: UInt64

  package init(number: UInt64) { self.number = number }
}
