import KafkaProtocol
import Transport

/// The conversation with one broker about the partitions that it leads: one request is under way at a time. Lives on
/// the loop.
final class Fetcher {
  let broker: Int32
  var connection: BrokerConnection?
  var versions: BrokerVersions?
  var isConnecting = false
  var isFetching = false
  /// When the last request was sent.
  var askedAt: Instant?
  /// The partitions to read. The first of the last request goes to the end, so that none starves.
  private(set) var cursors: [Cursor] = []

  /// Whether the broker is asked for topics by their ids, where they have one (KIP-516).
  var fetchesByID: Bool {
    versions?.highest(of: FetchRequest.self).map { !FetchRequest.versionsByName.contains($0) } ?? false
  }

  init(broker: Int32) { self.broker = broker }

  func add(_ cursor: Cursor) { cursors.append(cursor) }

  func remove(_ cursor: Cursor) { cursors.removeAll { $0 === cursor } }

  func rotate() { if cursors.count > 1 { cursors.append(cursors.removeFirst()) } }
}
