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

  private struct Entry {
    var connection: BrokerConnection
    /// Counts the entries in the order in which they came.
    var number: Int
  }

  private var entries: [Key: Entry] = [:]
  private var nextNumber = 0

  private subscript(_ key: Key) -> BrokerConnection? {
    get { entries[key]?.connection }
    set {
      entries[key] = newValue.map { Entry(connection: $0, number: nextNumber) }
      nextNumber += 1
    }
  }

  /// In the order in which they came: that of a dictionary differs from run to run, and a run can be replayed.
  private var ordered: [(key: Key, connection: BrokerConnection)] {
    entries.sorted { $0.value.number < $1.value.number }.map { (key: $0.key, connection: $0.value.connection) }
  }

  /// The connection to `endpoint` for a use: the one there is, or one that `make` makes. Nothing comes between looking
  /// and making one, so there are never two.
  mutating func connection(
    to endpoint: BrokerEndpoint, for use: Use, make: (BrokerEndpoint) -> BrokerConnection
  ) -> BrokerConnection {
    let key = Key(endpoint: endpoint, use: use)
    if let existing = self[key], !existing.assumeIsolated({ $0.isClosed }) { return existing }
    let connection = adopt(key) ?? make(endpoint)
    self[key] = connection
    return connection
  }

  /// Takes the connection that was made before it was known for whom: to a bootstrap address, where a broker turned out
  /// to be, or for whichever reader comes first.
  private mutating func adopt(_ key: Key) -> BrokerConnection? {
    var earlier = key
    if case .fetching(.some) = key.use { earlier.use = .fetching(by: nil) } else { earlier.endpoint.id = nil }
    guard earlier != key, let connection = entries.removeValue(forKey: earlier)?.connection else { return nil }
    return connection.assumeIsolated { $0.identify(as: key.endpoint) } ? connection : nil
  }

  /// Keeps the connections of a reader that has ended for the next one, but for those over which an answer is still to
  /// come: it would be held up by that.
  mutating func endReading(_ reader: ObjectIdentifier) {
    for (key, connection) in ordered where key.use == .fetching(by: reader) {
      self[key] = nil
      let spare = Key(endpoint: key.endpoint, use: .fetching(by: nil))
      if self[spare] == nil, connection.assumeIsolated({ $0.isReady && !$0.isAwaitingAnswer }) {
        self[spare] = connection
      } else {
        connection.assumeIsolated { $0.close(KafkaError(.cancelled, "the reader has ended")) }
      }
    }
  }

  /// Closes connections to brokers that metadata no longer names at their addresses, once they owe no answer.
  mutating func dropBrokers(notIn metadata: ClusterMetadata) {
    for (key, connection) in ordered {
      guard let id = key.endpoint.id, metadata.broker(id)?.address != key.endpoint.address,
        !connection.assumeIsolated({ $0.isAwaitingAnswer })
      else { continue }
      self[key] = nil
      let error = KafkaError(.connectionLost, "the cluster no longer names a broker at this address")
      connection.assumeIsolated { $0.close(error) }
    }
  }

  /// The brokers that were asked something and have not answered, in the order of their names.
  var silent: [String] {
    entries.filter { key, entry in
      key.use == .queries && entry.connection.assumeIsolated { $0.isAwaitingAnswer }
    }.map(\.key.endpoint.description).sorted()
  }

  /// Closes all of them.
  mutating func closeAll(_ error: KafkaError) {
    let open = ordered
    entries = [:]
    for (_, connection) in open { connection.assumeIsolated { $0.close(error) } }
  }
}
