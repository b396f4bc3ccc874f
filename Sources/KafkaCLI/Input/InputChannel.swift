import Synchronization

/// The bounded queue between the thread that reads and the task that takes.
///
/// The thread never waits for a lock held for long; where it has to wait, it does so in `poll` on a wake-up descriptor.
final class InputChannel: Sendable {
  typealias Element = Result<InputEvent?, InputError>

  /// What the thread is to do after it has handed over an event.
  enum Push {
    case accepted
    /// The queue is full; to be tried again after a wake-up.
    case full
    case cancelled
  }

  private struct State {
    var queue: [InputEvent] = []
    var waiter: CheckedContinuation<Element, Never>?
    /// How the input ended; nothing while it has not.
    var ending: Element?
    var isCancelled = false
    var isReaderBlocked = false
    var isIdle = false
    var isIdleReported = false
  }

  private static let capacity = 4
  private let state = Mutex(State())
  private let wakeUp: WakeUpDescriptor

  init(wakeUp: WakeUpDescriptor) { self.wakeUp = wakeUp }

  // MARK: The reader's side

  func push(_ event: InputEvent) -> Push {
    let (push, waiter) = state.withLock { state -> (Push, CheckedContinuation<Element, Never>?) in
      if state.isCancelled { return (.cancelled, nil) }
      if let waiter = state.waiter.take() { return (.accepted, waiter) }
      guard state.queue.count < Self.capacity else {
        state.isReaderBlocked = true
        return (.full, nil)
      }
      state.queue.append(event)
      return (.accepted, nil)
    }
    waiter?.resume(returning: .success(event))
    return push
  }

  /// Says that there will be nothing more, after what is queued.
  func end(_ error: InputError?) {
    let ending: Element = error.map { .failure($0) } ?? .success(nil)
    let waiter = state.withLock { state -> CheckedContinuation<Element, Never>? in
      if state.ending == nil { state.ending = ending }
      state.isIdle = false
      return state.waiter.take()
    }
    waiter?.resume(returning: ending)
  }

  /// Says that the reader begins or ends to wait for input.
  func setIdle(_ isIdle: Bool) {
    let waiter = state.withLock { state -> CheckedContinuation<Element, Never>? in
      state.isIdle = isIdle
      state.isIdleReported = false
      guard isIdle, let waiter = state.waiter.take() else { return nil }
      state.isIdleReported = true
      return waiter
    }
    waiter?.resume(returning: .success(.idle))
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  // MARK: The taker's side

  /// Whether nothing is queued and the reader waits for input, which has not ended.
  var isIdle: Bool { state.withLock { $0.queue.isEmpty && $0.isIdle } }

  func next() async -> Element {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let ready = takeOrWait(continuation) { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
  }

  private func takeOrWait(_ continuation: CheckedContinuation<Element, Never>) -> Element? {
    let (element, wakesReader) = state.withLock { state -> (Element?, Bool) in
      precondition(state.waiter == nil, "one task takes at a time")
      if !state.queue.isEmpty {
        defer { state.isReaderBlocked = false }
        return (.success(state.queue.removeFirst()), state.isReaderBlocked)
      }
      if let ending = state.ending {
        state.ending = .success(nil)
        return (ending, false)
      }
      if state.isIdle, !state.isIdleReported {
        state.isIdleReported = true
        return (.success(.idle), false)
      }
      state.waiter = continuation
      return (nil, false)
    }
    if wakesReader { wakeUp.signal() }
    return element
  }

  /// Ends the input after what is queued, whether or not the reader can stop at once.
  func cancel() {
    let waiter = state.withLock { state -> CheckedContinuation<Element, Never>? in
      state.isCancelled = true
      state.isIdle = false
      if state.ending == nil { state.ending = .success(nil) }
      return state.waiter.take()
    }
    waiter?.resume(returning: .success(nil))
    wakeUp.signal()
  }
}
