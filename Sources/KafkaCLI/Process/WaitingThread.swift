import Transport

/// A thread that waits for a value, and runs tasks until it comes: those that prefer it as their executor.
///
/// So a command's own task needs no pool of threads, which would take longer to start than a short command takes, and
/// is woken at once when an answer has come. What is still to run when the value comes is not run any more.
///
/// Unchecked because the compiler cannot see that `lock` guards all that changes.
final class WaitingThread<Value: Sendable>: TaskExecutor, @unchecked Sendable {
  private let lock = ConditionLock()
  private var jobs: [UnownedJob] = []
  private var value: Value?

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    lock.locked { jobs.append(job) }
    lock.signal()
  }

  /// Sets the value that is waited for. May be called on any thread.
  func set(_ value: Value) {
    lock.locked { self.value = value }
    lock.signal()
  }

  /// Runs tasks on the calling thread until there is a value. Called by one thread.
  func wait() -> Value {
    var batch: [UnownedJob] = []
    while true {
      let value: Value? = lock.locked {
        while self.value == nil, jobs.isEmpty { lock.wait() }
        batch.removeAll(keepingCapacity: true)
        swap(&batch, &jobs)
        return self.value
      }
      if let value { return value }
      for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }
}
