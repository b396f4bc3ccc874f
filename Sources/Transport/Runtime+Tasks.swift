extension Runtime {
  /// Starts a task that runs on the loop, as its child tasks do. The one way to start an unstructured task: in a
  /// simulation any other would leave the one thread.
  @discardableResult
  package func spawn<Success: Sendable>(
    _ body: @escaping @Sendable () async throws -> Success
  ) -> Task<Success, any Error> {
    Task(executorPreference: loop) { try await body() }
  }

  /// Waits on the loop's clock.
  ///
  /// - Throws: When the task is cancelled, at once.
  package func sleep(for duration: Duration) async throws(CancellationError) {
    try await sleep(until: loop.now + duration)
  }

  /// Waits until the loop's clock has reached `instant`.
  ///
  /// - Throws: When the task is cancelled, at once.
  package func sleep(until instant: Instant) async throws(CancellationError) {
    let sleeper = Sleeper(loop: loop)
    let isDone = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        sleeper.start(until: instant) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      sleeper.cancel()
    }
    if !isDone { throw CancellationError() }
  }
}

/// One sleep: a timer and its cancellation, whichever comes first.
///
/// Unchecked because all of its state is used on the loop's thread only.
private final class Sleeper: @unchecked Sendable {
  private let loop: any EventLoop
  private var timer: TimerID?
  private var completion: (@Sendable (Bool) -> Void)?
  private var isCancelled = false

  init(loop: any EventLoop) { self.loop = loop }

  /// - Parameter completion: Told, once, whether the time is over (or else the sleep cancelled).
  func start(until instant: Instant, _ completion: @escaping @Sendable (Bool) -> Void) {
    guard loop.isCurrent else {
      return loop.execute { self.start(until: instant, completion) }
    }
    guard !isCancelled else { return completion(false) }
    self.completion = completion
    timer = loop.schedule(at: instant) { self.finish(true) }
  }

  func cancel() {
    loop.execute {
      self.isCancelled = true
      self.timer.map(self.loop.cancel)
      self.finish(false)
    }
  }

  private func finish(_ isDone: Bool) {
    let completion = self.completion
    self.completion = nil
    completion?(isDone)
  }
}
