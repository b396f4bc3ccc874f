import Synchronization

/// Counts the memory of the answers that brokers have given and that have not been read to their end.
///
/// The records of an answer lie in one buffer, which is there until the last of them has been read. So a whole answer
/// is counted until then, however little of it is left.
final class FetchedMemory: Sendable {
  private struct State {
    var heldBytes = 0
    var isRoomAwaited = false
    var onRoom: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: How many bytes may be held before nothing more is to be fetched.
  init(limit: Int) { self.limit = limit }

  var heldBytes: Int { state.withLock { $0.heldBytes } }

  /// Has `body` called, on any thread, when there is room again after ``hasRoom()`` has said that there is none.
  func onRoom(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onRoom = body } }

  /// Whether less than the limit is held.
  func hasRoom() -> Bool {
    state.withLock { state in
      let hasRoom = state.heldBytes < limit
      if !hasRoom { state.isRoomAwaited = true }
      return hasRoom
    }
  }

  /// Counts an answer until nothing has the share any more that is returned.
  func hold(_ bytes: Int) -> Share {
    state.withLock { $0.heldBytes += bytes }
    return Share(of: self, bytes)
  }

  private func release(_ bytes: Int) {
    let onRoom = state.withLock { state -> (@Sendable () -> Void)? in
      state.heldBytes -= bytes
      guard state.isRoomAwaited, state.heldBytes < limit else { return nil }
      state.isRoomAwaited = false
      return state.onRoom
    }
    onRoom?()
  }

  /// What one answer takes of the memory. All of its records have it.
  final class Share: Sendable {
    private let memory: FetchedMemory
    private let bytes: Int

    fileprivate init(of memory: FetchedMemory, _ bytes: Int) {
      self.memory = memory
      self.bytes = bytes
    }

    deinit { memory.release(bytes) }
  }
}
