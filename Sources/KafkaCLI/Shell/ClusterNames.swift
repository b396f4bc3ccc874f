package import KafkaClient
import Synchronization
import Transport

/// The names of the cluster's topics or groups, for completion: never older than some seconds where the cluster answers
/// at once, and otherwise those that were known last.
package final class ClusterNames: Sendable {
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
  /// Asks the cluster, for so long at most.
  private let fetch: @Sendable (Duration) async throws(KafkaError) -> [String]
  private let state = Mutex(State())
  private let wakeUp: WakeUpDescriptor

  private init(
    client: KafkaClient, fetch: @escaping @Sendable (Duration) async throws(KafkaError) -> [String]
  ) throws(InputError) {
    self.client = client
    self.fetch = fetch
    wakeUp = try WakeUpDescriptor()
  }

  /// The names of the topics.
  package static func topics(of client: KafkaClient) throws(InputError) -> ClusterNames {
    try ClusterNames(client: client) { timeout throws(KafkaError) in
      // Names from a broker go to a terminal: those that no topic can have are left out.
      try await client.metadata(timeout: timeout).topics.map(\.name).filter { (try? TopicName.parse($0)) != nil }
    }
  }

  /// The names of the groups, but for those that would have to be quoted: a group may have any name.
  package static func groups(of client: KafkaClient) throws(InputError) -> ClusterNames {
    try ClusterNames(client: client) { timeout throws(KafkaError) in
      try await client.groupNames(timeout: timeout).filter { name in
        !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"'\"\\#|><".utf8.contains($0) }
      }
    }
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
    let names = try await fetch(timeout).sorted()
    let now = client.runtime.loop.now
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
