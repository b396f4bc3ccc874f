import Synchronization

/// A value that one task sets and a thread waits for.
final class Outcome<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let wakeUp: WakeUpDescriptor

  init() throws(InputError) { wakeUp = try WakeUpDescriptor() }

  func set(_ value: Value) {
    self.value.withLock { $0 = value }
    wakeUp.signal()
  }

  /// Blocks the calling thread until there is a value.
  func wait() -> Value {
    while true {
      if let value = value.withLock({ $0 }) { return value }
      _ = wakeUp.wait()
      wakeUp.clear()
    }
  }
}
