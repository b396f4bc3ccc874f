import Glibc

/// An event loop that its caller cranks: on the caller's thread, in virtual time.
///
/// Time stands still while jobs are ready, and jumps to the next timer when none is.
///
/// Unchecked because one thread uses it at a time, the one that made or last cranked it; each entry checks that, which
/// also finds what has left the simulation, such as a task that does not prefer the loop.
package final class SimulatedEventLoop: EventLoop, @unchecked Sendable {
  /// In which order jobs that are ready run.
  package enum Order: Sendable {
    /// First in, first out, as on the operating system's loop.
    case arrival
    /// Drawn from the seed: finds what depends on the order in which jobs were handed in.
    case drawn
  }

  private enum Body {
    case job(UnownedJob)
    case call(@Sendable () -> Void)
  }

  private struct Work {
    var number: UInt64
    var body: Body
  }

  private static let stepsWithoutTime = 1_000_000

  package private(set) var now = Instant(nanoseconds: 1_000_000_000)
  /// How many jobs, calls and timers have run.
  package private(set) var stepCount = 0

  private let order: Order
  private var generator: SeededGenerator
  private var thread = pthread_self()
  private var ready = FIFOQueue<Work>()
  private var shuffled: [Work] = []
  private var timers = TimerQueue()
  private var lastNumber: UInt64 = 0
  private var trace = TraceHash()
  private var stepsAtInstant = 0
  private var isCranked = false

  package init(seed: UInt64, order: Order = .arrival) {
    self.order = order
    generator = SeededGenerator(seed: seed, stream: "scheduler")
  }

  // MARK: Event loop

  package var isCurrent: Bool { thread == pthread_self() }

  package func checkIsolated() { precondition(isCurrent, "this may only be called on the simulation's thread") }

  package func isIsolatingCurrentContext() -> Bool? { isCurrent }

  package func enqueue(_ job: consuming ExecutorJob) { submit(.job(UnownedJob(job))) }

  package func execute(_ body: @escaping @Sendable () -> Void) { submit(.call(body)) }

  package func schedule(at instant: Instant, _ body: @escaping @Sendable () -> Void) -> TimerID {
    checkIsolated()
    return timers.add(at: instant, body)
  }

  package func cancel(_ timer: TimerID) {
    checkIsolated()
    timers.cancel(timer)
  }

  private func submit(_ body: Body) {
    precondition(isCurrent, "something has left the simulation: it calls from another thread")
    lastNumber += 1
    let work = Work(number: lastNumber, body: body)
    switch order {
    case .arrival: ready.append(work)
    case .drawn: shuffled.append(work)
    }
  }

  // MARK: Cranking

  /// A hash over all that happened so far: equal for equal seeds, and very likely for nothing else.
  package var traceHash: UInt64 { trace.value }

  /// Adds something that happened to the trace.
  func note(_ word: UInt64) { trace.fold(word) }

  /// Cranks the loop on the calling thread until `isDone`.
  ///
  /// - Parameter stepBudget: How many steps may be taken by this call.
  func crank(stepBudget: Int, until isDone: () -> Bool) throws(SimulationError) {
    precondition(!isCranked, "a simulation cannot crank itself")
    thread = pthread_self()
    isCranked = true
    defer { isCranked = false }
    var left = stepBudget
    while !isDone() {
      guard left > 0 else { throw SimulationError.outOfSteps(stepBudget, at: now) }
      guard stepsAtInstant < Self.stepsWithoutTime else { throw SimulationError.spinning(at: now) }
      guard step() else { throw SimulationError.stalled(at: now) }
      left -= 1
    }
  }

  /// Makes the calling thread the loop's, so that it may hand in the first job.
  func adopt() {
    precondition(!isCranked, "a simulation cannot crank itself")
    thread = pthread_self()
  }

  /// Forgets all jobs and timers, which may hold on to the loop.
  func discard() {
    ready.removeAll()
    shuffled = []
    timers.removeAll()
  }

  /// Runs one job or, if there is none, the next timer; false when there is neither.
  private func step() -> Bool {
    if let work = nextWork() {
      begin(work.number)
      switch work.body {
      case .job(let job):
        job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      case .call(let body):
        body()
      }
      return true
    }
    guard let instant = timers.nextInstant() else { return false }
    if instant > now {
      now = instant
      stepsAtInstant = 0
    }
    guard let body = timers.popDue(now) else { return false }
    begin(0)
    body()
    return true
  }

  private func nextWork() -> Work? {
    guard order == .drawn else { return ready.popFirst() }
    guard !shuffled.isEmpty else { return nil }
    shuffled.swapAt(generator.next(below: shuffled.count), shuffled.count - 1)
    return shuffled.removeLast()
  }

  private func begin(_ number: UInt64) {
    stepCount += 1
    stepsAtInstant += 1
    trace.fold(number)
    trace.fold(UInt64(bitPattern: now.nanoseconds))
  }
}
