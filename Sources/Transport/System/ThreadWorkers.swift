import Glibc

/// A pool of threads for work that computes. A thread is started when there is work and none is idle, up to the limit.
///
/// Unchecked because the compiler cannot see that `lock` guards all that changes.
final class ThreadWorkers: Workers, @unchecked Sendable {
  private let limit: Int
  private let lock = ConditionLock()
  private var queue = FIFOQueue<@Sendable () -> Void>()
  private var threads: [SystemThread] = []
  private var idleCount = 0
  private var isStopped = false

  init(limit: Int = max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)) {
    precondition(limit > 0)
    self.limit = limit
  }

  func submit(_ body: @escaping @Sendable () -> Void) {
    let isTaken = lock.locked {
      guard !isStopped else { return true }
      queue.append(body)
      if idleCount >= queue.count || threads.count == limit {
        lock.signal()
        return true
      }
      guard let thread = try? SystemThread(name: "kavka-worker", { self.work() }) else {
        // With no thread at all the work is done here: slower beats never.
        if threads.isEmpty { queue.removeAll() }
        return !threads.isEmpty
      }
      threads.append(thread)
      return true
    }
    if !isTaken { body() }
  }

  /// Ends the threads once what was submitted is done, and waits for them. Later work is dropped.
  func stop() {
    let threads = lock.locked {
      isStopped = true
      lock.broadcast()
      defer { self.threads = [] }
      return self.threads
    }
    for thread in threads { thread.join() }
  }

  private func work() {
    while let body = next() { body() }
  }

  private func next() -> (@Sendable () -> Void)? {
    lock.locked {
      while queue.isEmpty, !isStopped {
        idleCount += 1
        lock.wait()
        idleCount -= 1
      }
      return queue.popFirst()
    }
  }
}
