import Synchronization

/// Which broker coordinates each group that was asked about.
final class CoordinatorCache: Sendable {
  private let endpoints = Mutex<[String: BrokerEndpoint]>([:])

  func endpoint(of group: String) -> BrokerEndpoint? { endpoints.withLock { $0[group] } }

  func remember(_ endpoint: BrokerEndpoint, of group: String) { endpoints.withLock { $0[group] = endpoint } }

  func forget(_ group: String) { endpoints.withLock { $0[group] = nil } }
}
