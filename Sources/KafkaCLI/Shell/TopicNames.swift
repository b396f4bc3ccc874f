package import KafkaClient
import Synchronization
import Transport

/// The names of the cluster's topics, for completion: never older than some seconds where the cluster answers at once,
/// and otherwise those that were known last.
package final class TopicNames: Sendable {
  private struct State {
    /// Sorted.
    var names: [String] = []
    var learned: Instant?
    var isAsking = false
  }

  private static let maximumAge: Duration = .seconds(10)
  private static let patience: Duration = .milliseconds(300)
  /// An answer that comes later than ``patience`` is still good for the next completion.
  private static let requestTimeout: Duration = .seconds(5)

  private let client: KafkaClient
  private let state = Mutex(State())
  private let wakeUp: WakeUpDescriptor

  package init(client: KafkaClient) throws(InputError) {
    self.client = client
    wakeUp = try WakeUpDescriptor()
  }

  /// The names, after 300 ms at most. To be called by one thread, not on the loop.
  package func current() -> [String] {
    let now = client.runtime.loop.now
    let (isFresh, asks) = state.withLock { state in
      if let learned = state.learned, learned + Self.maximumAge > now { return (true, false) }
      defer { state.isAsking = true }
      return (false, !state.isAsking)
    }
    if !isFresh {
      if asks { ask() }
      waitForAnswer(until: now + Self.patience)
    }
    return state.withLock { $0.names }
  }

  /// Learns the names anew.
  package func refresh(timeout: Duration) async throws(KafkaError) {
    let metadata = try await client.metadata(timeout: timeout)
    let now = client.runtime.loop.now
    // Names from a broker go to a terminal: those that no topic can have are left out.
    let names = metadata.topics.map(\.name).filter { (try? TopicName.parse($0)) != nil }.sorted()
    state.withLock { state in
      state.names = names
      state.learned = now
    }
  }

  private func ask() {
    client.runtime.spawn { [self] in
      try? await refresh(timeout: Self.requestTimeout)
      state.withLock { $0.isAsking = false }
      wakeUp.signal()
    }
  }

  private func waitForAnswer(until deadline: Instant) {
    while state.withLock({ $0.isAsking }) {
      let left = (deadline - client.runtime.loop.now).milliseconds
      guard left > 0 else { return }
      _ = wakeUp.wait(timeout: Int32(clamping: left))
      wakeUp.clear()
    }
  }
}
