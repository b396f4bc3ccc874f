import Synchronization

/// The ways to find out what a broker speaks, the best one first.
enum VersionProbe: Sendable {
  /// ApiVersions with the newest version that old brokers refuse politely.
  case current
  /// ApiVersions version 0, known since Kafka 0.10.
  case oldest
  /// No ApiVersions: what Kafka 0.8 and 0.9 understand.
  case beforeApiVersions

  /// Version 3 is the first that carries the client's name and version (KIP-511).
  static let currentVersion: Int16 = 3

  /// What to try when a broker closes the connection on this one.
  var next: VersionProbe? {
    switch self {
    case .current: .oldest
    case .oldest: .beforeApiVersions
    case .beforeApiVersions: nil
    }
  }
}

/// Which probe each address answered, so that the next connection need not try the others first.
final class NegotiationMemory: Sendable {
  /// What is tried where nothing is known.
  private let first: VersionProbe
  private let answered = Mutex<[BrokerAddress: VersionProbe]>([:])

  init(first: VersionProbe) { self.first = first }

  func firstProbe(for address: BrokerAddress) -> VersionProbe { answered.withLock { $0[address] ?? first } }

  func remember(_ probe: VersionProbe, for address: BrokerAddress) {
    answered.withLock { answered in
      // Most addresses answer what is tried first.
      if probe != first || answered[address] != nil { answered[address] = probe }
    }
  }

  /// Starts from the best probe again: the broker may have been replaced by a newer one.
  func forget(_ address: BrokerAddress) { answered.withLock { $0[address] = nil } }
}
