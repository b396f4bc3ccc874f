import KafkaProtocol
import Transport

/// The conversation with one broker about the partitions that it leads: one request is under way at a time. Lives on
/// the loop.
final class Fetcher {
  let broker: Int32
  var connection: BrokerConnection?
  /// The connection unless it has ended, as idle ones do.
  var openConnection: BrokerConnection? {
    connection.flatMap { $0.assumeIsolated { $0.isClosed } ? nil : $0 }
  }
  var versions: BrokerVersions?
  var isConnecting = false
  var isFetching = false
  var session: FetchSession
  /// When the last request was sent.
  var askedAt: Instant?
  /// The partitions to read. The first of the last request goes to the end, so that none starves.
  var cursors: [Cursor] {
    dropLeaving()
    return all
  }

  private var all: [Cursor] = []
  /// Those of `all` that are no longer read here. They are dropped together: thousands may end with one answer.
  private var leaving: Set<ObjectIdentifier> = []

  /// What messages call the broker.
  var name: String { connection?.assumeIsolated { $0.endpoint.description } ?? "broker \(broker)" }

  /// Whether the broker is asked for topics by their ids, where they have one (KIP-516).
  var fetchesByID: Bool {
    versions?.highest(of: FetchRequest.self).map { !FetchRequest.versionsByName.contains($0) } ?? false
  }

  init(broker: Int32) {
    self.broker = broker
    session = FetchSession(broker: broker)
  }

  func add(_ cursor: Cursor) {
    if leaving.contains(ObjectIdentifier(cursor)) { dropLeaving() }
    all.append(cursor)
  }

  func remove(_ cursor: Cursor) { leaving.insert(ObjectIdentifier(cursor)) }

  func rotate() {
    dropLeaving()
    if all.count > 1 { all.append(all.removeFirst()) }
  }

  private func dropLeaving() {
    guard !leaving.isEmpty else { return }
    all.removeAll { leaving.contains(ObjectIdentifier($0)) }
    leaving.removeAll()
  }
}
