import CLinux
import Glibc
import Synchronization
import Transport

/// What the shell's thread waits for beside its input: signals, and the end of the command that runs.
package final class ShellSignals: Sendable {
  /// Signals that come to the process and end it.
  static let endings: Set<Int32> = [SIGTERM, SIGHUP, SIGQUIT]
  /// Those that a terminal's shell takes note of. A script leaves stopping and resizing to the system.
  static let ofTerminal: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGTSTP, SIGWINCH]
  static let ofScript: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGCHLD]
  /// How many are kept until the thread has time for them.
  private static let capacity = 64

  private let pending = Mutex<[Int32]>([])
  private let wakeUp: WakeUpDescriptor

  package init() throws(InputError) { wakeUp = try WakeUpDescriptor() }

  /// Hands over a signal. May be called on any thread.
  package func deliver(_ signal: Int32) {
    pending.withLock { if $0.count < Self.capacity { $0.append(signal) } }
    wakeUp.signal()
  }

  /// Wakes the shell's thread, which looks at what it waits for.
  func wake() { wakeUp.signal() }

  /// Waits for a signal, for ``wake()``, for an input, or until the time is over.
  ///
  /// - Parameter timeout: Milliseconds, or -1 to wait without end.
  /// - Returns: The signals that came, in order, and whether the input can be read.
  func wait(with input: Int32 = -1, timeout: Int32 = -1) -> (signals: [Int32], isInputReady: Bool) {
    let isInputReady = wakeUp.wait(with: input, timeout: timeout)
    // In this order, so that no signal is left without a wake-up.
    wakeUp.clear()
    let signals = pending.withLock { pending in
      defer { pending.removeAll() }
      return pending
    }
    return (signals, isInputReady)
  }

  /// Stops the process as the terminal asked, until it is continued.
  static func stopProcess() {
    SignalSource.unblock([SIGTSTP])
    raise(SIGTSTP)
    SignalSource.block([SIGTSTP])
  }
}
