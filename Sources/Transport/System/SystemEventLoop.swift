import Glibc
import Synchronization

/// The event loop on a thread of its own, which waits in epoll(7).
///
/// Each turn runs the jobs that are ready, at most ``jobsPerTurn``, then the timers that are due, then what the
/// descriptors have; so neither can starve the others.
///
/// Unchecked because the compiler cannot see that all but `inbox` and `thread` is used on the loop's thread only.
package final class SystemEventLoop: EventLoop, @unchecked Sendable {
  private enum Work {
    case job(UnownedJob)
    case call(@Sendable () -> Void)
  }

  private enum Phase {
    case running
    case stopping
    case stopped
  }

  /// What other threads hand in.
  private struct Inbox {
    var work: [Work] = []
    var phase = Phase.running
    /// Whether the loop waits, or is about to, and has to be woken.
    var isAsleep = false
  }

  private static let jobsPerTurn = 256
  /// How much may still run once the loop was told to end, so that those who hear of it can react.
  private static let jobsAtEnd = 100_000

  private let inbox = Mutex(Inbox())
  private let thread = Mutex<SystemThread?>(nil)
  private let threadID = Atomic<pthread_t>(0)

  let poller: Poller
  /// One buffer for all channels: each empties it before it returns to the loop.
  let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  private var ready = FIFOQueue<Work>()
  private var timers = TimerQueue()
  /// Whether the loop ends; nothing new may begin.
  private(set) var isStopping = false

  /// Makes a loop and starts its thread.
  package init() throws(TransportError) {
    poller = try Poller()
    do throws(TransportError) {
      let started = try SystemThread(name: "kavka-loop") { [self] in run() }
      thread.withLock { $0 = started }
    } catch {
      poller.close()
      throw error
    }
  }

  deinit { readBuffer.deallocate() }

  // MARK: Executor

  package func enqueue(_ job: consuming ExecutorJob) { submit(.job(UnownedJob(job))) }

  package func execute(_ body: @escaping @Sendable () -> Void) { submit(.call(body)) }

  package func checkIsolated() {
    precondition(isCurrent, "this may only be called on the event loop")
  }

  package func isIsolatingCurrentContext() -> Bool? { isCurrent }

  package var isCurrent: Bool { threadID.load(ordering: .relaxed) == pthread_self() }

  private func submit(_ work: Work) {
    if isCurrent {
      ready.append(work)
      return
    }
    inbox.withLock { inbox in
      // After the end nothing can run any more; see `stop()`.
      guard inbox.phase != .stopped else { return }
      inbox.work.append(work)
      guard inbox.isAsleep else { return }
      inbox.isAsleep = false
      poller.wake()
    }
  }

  // MARK: Time

  package var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package func schedule(at instant: Instant, _ body: @escaping @Sendable () -> Void) -> TimerID {
    checkIsolated()
    return timers.add(at: instant, body)
  }

  package func cancel(_ timer: TimerID) {
    checkIsolated()
    timers.cancel(timer)
  }

  // MARK: The thread

  /// Ends the loop and waits for its thread: channels and listeners are closed and their receivers told, jobs that
  /// are ready run once more, and the loop's descriptors are closed.
  ///
  /// Tasks that still sleep or wait on the loop never resume: whoever started them ends them first. Not to be called
  /// on the loop, which cannot wait for itself. A second call does nothing.
  package func stop() {
    precondition(!isCurrent, "the event loop cannot wait for itself")
    inbox.withLock { inbox in
      guard inbox.phase == .running else { return }
      inbox.phase = .stopping
      inbox.isAsleep = false
      poller.wake()
    }
    thread.withLock { $0.take() }?.join()
  }

  private func run() {
    threadID.store(pthread_self(), ordering: .relaxed)
    while takeInbox() == .running {
      runJobs(Self.jobsPerTurn)
      fireTimers()
      poller.wait(ready.isEmpty ? sleepLimit() : 0)
    }
    end()
  }

  /// Moves over what other threads handed in.
  private func takeInbox() -> Phase {
    inbox.withLock { inbox in
      inbox.isAsleep = false
      if !inbox.work.isEmpty {
        ready.append(contentsOf: inbox.work)
        inbox.work.removeAll(keepingCapacity: inbox.work.count <= 4096)
      }
      return inbox.phase
    }
  }

  private func runJobs(_ limit: Int) {
    var left = limit
    while left > 0, let work = ready.popFirst() {
      left -= 1
      switch work {
      case .job(let job):
        job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      case .call(let body):
        body()
      }
    }
  }

  private func fireTimers() {
    guard let first = timers.nextInstant() else { return }
    let now = self.now
    guard first <= now else { return }
    // A timer that sets itself again at once waits for the next turn.
    for _ in 0..<timers.count {
      guard let body = timers.popDue(now) else { return }
      body()
    }
  }

  /// How long the wait may last, in milliseconds, and the announcement that the loop will have to be woken.
  private func sleepLimit() -> Int32 {
    let mayWait = inbox.withLock { inbox in
      guard inbox.work.isEmpty, inbox.phase == .running else { return false }
      inbox.isAsleep = true
      return true
    }
    guard mayWait else { return 0 }
    guard let next = timers.nextInstant() else { return -1 }
    let nanoseconds = (next - now).nanoseconds
    // Rounded up, or the loop would spin through the last part of a millisecond.
    return nanoseconds <= 0 ? 0 : Int32(min((nanoseconds - 1) / 1_000_000 + 1, 3_600_000))
  }

  private func end() {
    isStopping = true
    for handler in poller.handlers { handler.loopStops() }
    runJobs(Self.jobsAtEnd)
    _ = takeInbox()
    runJobs(Self.jobsAtEnd)
    for handler in poller.handlers { handler.loopStops() }
    timers.removeAll()
    ready.removeAll()
    inbox.withLock { inbox in
      inbox.phase = .stopped
      inbox.work = []
      poller.close()
    }
    threadID.store(0, ordering: .relaxed)
  }
}
