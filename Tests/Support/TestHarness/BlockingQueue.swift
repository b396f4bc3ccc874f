import Dispatch

/// Runs an actor on threads that may block.
package final class BlockingQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "blocking")

  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }
}
