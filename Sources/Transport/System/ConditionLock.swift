import Glibc

/// A lock with one condition that threads can wait for; `Mutex` has none.
///
/// Unchecked because the two pointers never change, and what they point at is made for many threads.
package final class ConditionLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  package init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  package func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Gives the lock up until another thread signals, or for no reason. To be called within ``locked(_:)``.
  package func wait() { pthread_cond_wait(condition, mutex) }

  /// Lets one of those who wait look again.
  package func signal() { pthread_cond_signal(condition) }

  /// Lets all who wait look again.
  package func broadcast() { pthread_cond_broadcast(condition) }
}
