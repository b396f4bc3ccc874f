import Glibc

/// A thread that waits for a value, and runs tasks until it comes: those that prefer it as their executor.
///
/// So a command's own task needs no pool of threads, which would take longer to start than a short command takes, and
/// is woken at once when an answer has come. What is still to run when the value comes is not run any more.
///
/// Unchecked because the compiler cannot see that `mutex` guards all that changes.
final class WaitingThread<Value: Sendable>: TaskExecutor, @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [UnownedJob] = []
  private var value: Value?

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    locked { jobs.append(job) }
    pthread_cond_signal(condition)
  }

  /// Sets the value that is waited for. May be called on any thread.
  func set(_ value: Value) {
    locked { self.value = value }
    pthread_cond_signal(condition)
  }

  /// Runs tasks on the calling thread until there is a value. Called by one thread.
  func wait() -> Value {
    var batch: [UnownedJob] = []
    while true {
      let value: Value? = locked {
        while self.value == nil, jobs.isEmpty { pthread_cond_wait(condition, mutex) }
        batch.removeAll(keepingCapacity: true)
        swap(&batch, &jobs)
        return self.value
      }
      if let value { return value }
      for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
