import Synchronization

/// Codec contexts that are not in use, so that a batch seldom pays for making one.
///
/// There are never more of them than there were threads at work at once.
struct ContextPool<Context: AnyObject & Sendable>: ~Copyable {
  private let idle = Mutex<[Context]>([])
  private let make: @Sendable () -> Context?

  init(_ make: @escaping @Sendable () -> Context?) { self.make = make }

  /// An idle context, or a new one; nil if there is no memory for it.
  func take() -> Context? {
    idle.withLock { $0.popLast() } ?? make()
  }

  func giveBack(_ context: Context) {
    idle.withLock { $0.append(context) }
  }
}
