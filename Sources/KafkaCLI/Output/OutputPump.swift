import CLinux
import Glibc
import Synchronization

/// Writes to a descriptor on a thread of its own, for whoever must not be held up by it: what waits to be written is
/// bounded, and can be left behind.
///
/// It writes to a copy of the descriptor, which stays open for as long as a write takes that nobody waits for any more.
final class OutputPump<Element: Sendable>: Sendable {
  /// Writes what an element stands for. Called on the thread.
  typealias Write = @Sendable (Element, inout OutputWriter) throws(OutputError) -> Void

  private struct State {
    var queue: [Element] = []
    /// The bytes that the elements take which are queued or being written.
    var weight = 0
    var isWriting = false
    var isFinishing = false
    var isAbandoned = false
    var failure: OutputError?
    var onFailure: (@Sendable () -> Void)?
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// Who waits until all is written.
    var finisher: CheckedContinuation<Void, Never>?

    var takesNoMore: Bool { isAbandoned || failure != nil }
  }

  private let state = Mutex(State())
  private let limit: Int
  private let wakeUp: WakeUpDescriptor
  private let write: Write

  /// Starts the thread.
  ///
  /// - Parameter limit: How many bytes may wait before ``waitForRoom()`` waits.
  /// - Throws: When the descriptor is closed, or the system has no thread or descriptor left.
  init(to descriptor: Int32, limit: Int, write: @escaping Write) throws(InputError) {
    self.limit = limit
    self.write = write
    wakeUp = try WakeUpDescriptor()
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw InputError(source: "standard output", errno: errno) }
    do throws(InputError) { try DetachedThread.start("kavka-output") { self.run(copy) } } catch {
      close(copy)
      throw error
    }
  }

  // MARK: Who gives

  /// Has an element written, without waiting; dropped after a failure.
  ///
  /// - Parameter weight: The bytes that it takes until then.
  func push(_ element: Element, weight: Int) {
    let isFirst = state.withLock { state in
      guard !state.takesNoMore else { return false }
      state.queue.append(element)
      state.weight += weight
      return state.queue.count == 1
    }
    if isFirst { wakeUp.signal() }
  }

  /// Has `body` called when something could not be written, once and on any thread; what waits is dropped then.
  func onFailure(_ body: @escaping @Sendable () -> Void) {
    let hasFailed = state.withLock { state in
      state.onFailure = body
      return state.failure != nil
    }
    if hasFailed { body() }
  }

  /// Whether less waits to be written than the limit.
  var hasRoom: Bool { state.withLock { $0.weight < limit || $0.takesNoMore } }

  /// Waits until less waits to be written than the limit, or nothing is written any more.
  func waitForRoom() async {
    await withCheckedContinuation { continuation in
      let isRoom = state.withLock { state in
        if state.weight < limit || state.takesNoMore { return true }
        state.waiters.append(continuation)
        return false
      }
      if isRoom { continuation.resume() }
    }
  }

  /// Waits until all is written, and ends the thread.
  ///
  /// - Returns: Why something was not written; nothing also after ``abandon()``.
  func finish() async -> OutputError? {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.isFinishing = true
        if state.takesNoMore || state.queue.isEmpty && !state.isWriting { return true }
        state.finisher = continuation
        return false
      }
      wakeUp.signal()
      if isDone { continuation.resume() }
    }
    return state.withLock { $0.failure }
  }

  /// Lets nobody wait any more, and drops what is not written.
  func abandon() {
    end { $0.isAbandoned = true }
    wakeUp.signal()
  }

  /// Changes the state to one in which nothing is written any more, and lets all go who wait.
  private func end(_ change: (inout State) -> Void) {
    let waiters = state.withLock { state in
      change(&state)
      state.queue = []
      defer { (state.waiters, state.finisher) = ([], nil) }
      return state.waiters + [state.finisher].compactMap(\.self)
    }
    for waiter in waiters { waiter.resume() }
  }

  // MARK: The thread

  private func run(_ descriptor: Int32) {
    defer { close(descriptor) }
    var writer = OutputWriter(descriptor: descriptor)
    do throws(OutputError) {
      while let (elements, weight) = take() {
        for element in elements {
          if state.withLock({ $0.isAbandoned }) { return }
          try write(element, &writer)
        }
        try writer.flush()
        written(weight)
      }
    } catch {
      end { $0.failure = error }
      state.withLock { $0.onFailure }?()
    }
  }

  /// All that is queued; nothing when there will be no more.
  private func take() -> (elements: [Element], weight: Int)? {
    while true {
      let (elements, weight, isEnd) = state.withLock { state -> ([Element], Int, Bool) in
        defer { state.queue = [] }
        state.isWriting = !state.queue.isEmpty
        return (state.queue, state.weight, state.isAbandoned || state.isFinishing)
      }
      if !elements.isEmpty { return (elements, weight) }
      if isEnd { return nil }
      _ = wakeUp.wait()
      wakeUp.clear()
    }
  }

  private func written(_ weight: Int) {
    let waiters = state.withLock { state in
      state.weight -= weight
      state.isWriting = false
      var waiters: [CheckedContinuation<Void, Never>] = []
      if state.weight < limit { swap(&waiters, &state.waiters) }
      if state.queue.isEmpty, let finisher = state.finisher.take() { waiters.append(finisher) }
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
