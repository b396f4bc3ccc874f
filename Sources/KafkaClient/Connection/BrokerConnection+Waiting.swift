import Synchronization

extension BrokerConnection {
  /// Waits for a value that is called back, or for the task to be cancelled.
  ///
  /// - Parameter begin: Asks for the value; called unless the task was cancelled before. What it is given may be called
  ///   after the end of the wait, and does nothing then.
  /// - Returns: The value, or nil, at once, when the task is cancelled.
  func firstAnswer<Value: Sendable>(_ begin: (@escaping @Sendable (Value) -> Void) -> Void) async -> Value? {
    let wait = AnswerWait<Value>()
    return await withTaskCancellationHandler {
      await ask(begin, wait)
    } onCancel: {
      wait.end(nil)
    }
  }

  private func ask<Value: Sendable>(
    _ begin: (@escaping @Sendable (Value) -> Void) -> Void, _ wait: AnswerWait<Value>
  ) async -> Value? {
    await withCheckedContinuation { continuation in
      if wait.start(continuation) { begin { wait.end($0) } }
    }
  }
}

/// One wait: an answer and a cancellation, of which the first counts.
private final class AnswerWait<Value: Sendable>: Sendable {
  private enum State {
    case new
    case waiting(CheckedContinuation<Value?, Never>)
    case ended
  }

  private let state = Mutex(State.new)

  /// - Returns: Whether there is any need to ask.
  func start(_ continuation: CheckedContinuation<Value?, Never>) -> Bool {
    let isCancelled = state.withLock { state in
      if case .ended = state { return true }
      state = .waiting(continuation)
      return false
    }
    if isCancelled { continuation.resume(returning: nil) }
    return !isCancelled
  }

  func end(_ value: Value?) {
    let waiting = state.withLock { state in
      defer { state = .ended }
      if case .waiting(let continuation) = state { return Optional(continuation) }
      return nil
    }
    waiting?.resume(returning: value)
  }
}
