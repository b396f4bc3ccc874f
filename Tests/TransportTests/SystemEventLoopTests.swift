import Glibc
import Synchronization
import Testing

@testable import Transport

@Suite("The event loop of the operating system")
struct SystemEventLoopTests {
  private actor Counter {
    nonisolated let loop: any EventLoop
    private(set) var value = 0

    init(loop: any EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func add() {
      #expect(loop.isCurrent)
      value += 1
    }
  }

  @Test("actors pinned to the loop and tasks that prefer it run on its thread")
  func executor() async throws {
    let value = try await onSystemLoop { runtime in
      #expect(runtime.loop.isCurrent)
      let counter = Counter(loop: runtime.loop)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<1000 { group.addTask { await counter.add() } }
      }
      #expect(runtime.loop.isCurrent)
      return await counter.value
    }
    #expect(value == 1000)
  }

  @Test("tasks of other threads reach an actor on the loop")
  func foreignTasks() async throws {
    let runtime = try Runtime.system()
    defer { runtime.stop() }
    let counter = Counter(loop: runtime.loop)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 { group.addTask { for _ in 0..<20 { await counter.add() } } }
    }
    #expect(await counter.value == 4000)
    #expect(!runtime.loop.isCurrent)
  }

  @Test("timers fire in the order of their instants, and not once cancelled")
  func timers() async throws {
    let order = try await onSystemLoop { runtime in
      let fired = Mutex<[Int]>([])
      let start = runtime.loop.now
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let cancelled = runtime.loop.schedule(at: start + .microseconds(1)) { fired.withLock { $0.append(0) } }
        for (number, delay) in [(3, 1_500_000), (1, -5), (2, 700_000), (4, 3_000_000)] {
          _ = runtime.loop.schedule(at: start + .nanoseconds(delay)) {
            #expect(runtime.loop.now >= start + .nanoseconds(delay))
            fired.withLock { $0.append(number) }
            if number == 4 { continuation.resume() }
          }
        }
        runtime.loop.cancel(cancelled)
      }
      return fired.withLock { $0 }
    }
    #expect(order == [1, 2, 3, 4])
  }

  @Test("jobs that set each other again do not keep timers from firing")
  func busyJobs() async throws {
    try await onSystemLoop { runtime in
      let isDone = Mutex(false)
      @Sendable func again() {
        if !isDone.withLock({ $0 }) { runtime.loop.execute(again) }
      }
      again()
      try await runtime.sleep(for: .milliseconds(1))
      isDone.withLock { $0 = true }
    }
  }

  @Test("a cancelled sleep throws at once, before or after it began", arguments: [true, false])
  func cancelledSleep(beforeIt: Bool) async throws {
    try await onSystemLoop { runtime in
      let task = runtime.spawn { try await runtime.sleep(for: .seconds(3600)) }
      if !beforeIt { try await runtime.sleep(for: .milliseconds(1)) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test("work on a worker leaves the loop and comes back with its result")
  func workers() async throws {
    try await onSystemLoop { runtime in
      let onLoop = await runtime.onWorker { runtime.loop.isCurrent }
      #expect(!onLoop)
      #expect(runtime.loop.isCurrent)
    }
  }

  @Test("the workers end after what was submitted, and take nothing more")
  func workersStop() {
    let workers = ThreadWorkers(limit: 3)
    let count = Mutex(0)
    for _ in 0..<500 { workers.submit { count.withLock { $0 += 1 } } }
    workers.stop()
    #expect(count.withLock { $0 } == 500)
    workers.submit { count.withLock { $0 += 1 } }
    #expect(count.withLock { $0 } == 500)
  }

  @Test("what is handed in after the end is dropped")
  func afterTheEnd() throws {
    let runtime = try Runtime.system()
    runtime.stop()
    runtime.loop.execute { Issue.record("ran on a loop that has ended") }
    #expect(!runtime.loop.isCurrent)
  }

  @Test("a signal that is blocked arrives as a call on the loop")
  func signal() async throws {
    try await onSystemLoop { runtime in
      // Blocked for, and sent to, this one thread: other tests see nothing of it.
      SignalSource.block([SIGUSR2])
      let number: Int32 = try await withCheckedThrowingContinuation { continuation in
        do throws(TransportError) {
          _ = try SignalSource([SIGUSR2], on: runtime.loop) { continuation.resume(returning: $0) }
          pthread_kill(pthread_self(), SIGUSR2)
        } catch {
          continuation.resume(throwing: error)
        }
      }
      #expect(number == SIGUSR2)
    }
  }
}
