import Glibc
import Synchronization

/// Signals that ask a command to end, and what the command does about them.
///
/// Without a handler the command is left at once: it has nothing to finish.
package final class Interrupts: Sendable {
  /// What is called for each signal: its number, and how many have come to this command.
  package typealias Handler = @Sendable (_ signal: Int32, _ count: Int) -> Void

  private struct State {
    var handler: Handler?
    var count = 0
    var first: Int32?
  }

  private let state = Mutex(State())
  private let onLeave: @Sendable (Int32) -> Void

  /// - Parameter leave: Ends a command that has nothing to finish.
  package init(leave: @escaping @Sendable (Int32) -> Void) { onLeave = leave }

  /// The first signal that came.
  package var signal: Int32? { state.withLock { $0.first } }

  /// Delivers a signal.
  package func deliver(_ signal: Int32) {
    let (handler, count) = state.withLock { state in
      state.count += 1
      state.first = state.first ?? signal
      return (state.handler, state.count)
    }
    if let handler { handler(signal, count) } else { onLeave(signal) }
  }

  /// Leaves the command at once, whatever it is about.
  package func leave() { onLeave(signal ?? SIGINT) }

  /// Has signals handled from now on. One that came before is handled at once.
  package func handle(_ handler: @escaping Handler) {
    let earlier = state.withLock { state in
      state.handler = handler
      return state.first.map { ($0, state.count) }
    }
    if let (signal, count) = earlier { handler(signal, count) }
  }
}
