/// The connections of a client, by broker and by what each is used for.
///
/// Belongs to the cluster, and like its connections is used on the loop only.
struct ConnectionTable {
  /// What a connection is used for: each use has its own, since brokers answer in order, and a long poll must hold up
  /// neither a produce request nor another reader.
  enum Use: Hashable, Sendable {
    case queries
    case producing
    /// Nil for a connection of no reader yet, which the next one takes.
    case fetching(by: ObjectIdentifier?)
  }

  private struct Key: Hashable {
    var endpoint: BrokerEndpoint
    var use: Use
  }

  private var connections: [Key: BrokerConnection] = [:]

  /// The connection to `endpoint` for a use: the one there is, or one that `make` makes. Nothing comes between looking
  /// and making one, so there are never two.
  mutating func connection(
    to endpoint: BrokerEndpoint, for use: Use, make: (BrokerEndpoint) -> BrokerConnection
  ) -> BrokerConnection {
    let key = Key(endpoint: endpoint, use: use)
    if let existing = connections[key], !existing.assumeIsolated({ $0.isClosed }) { return existing }
    let connection = adopt(key) ?? make(endpoint)
    connections[key] = connection
    return connection
  }

  /// Takes the connection that was made before it was known for whom: to a bootstrap address, where a broker turned out
  /// to be, or for whichever reader comes first.
  private mutating func adopt(_ key: Key) -> BrokerConnection? {
    var earlier = key
    if case .fetching(.some) = key.use { earlier.use = .fetching(by: nil) } else { earlier.endpoint.id = nil }
    guard earlier != key, let connection = connections.removeValue(forKey: earlier) else { return nil }
    return connection.assumeIsolated { $0.identify(as: key.endpoint) } ? connection : nil
  }

  /// Keeps the connections of a reader that has ended for the next one, but for those over which an answer is still to
  /// come: it would be held up by that.
  mutating func endReading(_ reader: ObjectIdentifier) {
    for (key, connection) in connections where key.use == .fetching(by: reader) {
      connections[key] = nil
      let spare = Key(endpoint: key.endpoint, use: .fetching(by: nil))
      if connections[spare] == nil, connection.assumeIsolated({ $0.isReady && !$0.isAwaitingAnswer }) {
        connections[spare] = connection
      } else {
        connection.assumeIsolated { $0.close(KafkaError(.cancelled, "the reader has ended")) }
      }
    }
  }

  /// Closes connections to brokers that metadata no longer names at their addresses, once they owe no answer.
  mutating func dropBrokers(notIn metadata: ClusterMetadata) {
    for (key, connection) in connections {
      guard let id = key.endpoint.id, metadata.broker(id)?.address != key.endpoint.address,
        !connection.assumeIsolated({ $0.isAwaitingAnswer })
      else { continue }
      connections[key] = nil
      let error = KafkaError(.connectionLost, "the cluster no longer names a broker at this address")
      connection.assumeIsolated { $0.close(error) }
    }
  }

  /// The brokers that were asked something and have not answered, in the order of their names.
  var silent: [String] {
    connections.filter { key, connection in
      key.use == .queries && connection.assumeIsolated { $0.isAwaitingAnswer }
    }.keys.map(\.endpoint.description).sorted()
  }

  /// Closes all of them.
  mutating func closeAll(_ error: KafkaError) {
    let open = connections.values
    connections = [:]
    for connection in open { connection.assumeIsolated { $0.close(error) } }
  }
}
