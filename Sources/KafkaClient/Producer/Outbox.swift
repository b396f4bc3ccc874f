import KafkaProtocol
import Transport

/// What is on its way to one broker: its connection, the requests without an answer, the partitions with work. Lives on
/// the loop.
final class Outbox {
  /// A request without an answer and what it carries.
  struct Request {
    var version: Int16
    /// The topics by the ids that the request has for them, in versions that name topics so.
    var topicNames: [UUID128: String]
    var batches: [(queue: PartitionQueue, batch: PendingBatch)]
  }

  let broker: Int32
  var connection: BrokerConnection?
  var versions: BrokerVersions?
  var isConnecting = false
  /// Records sent with acknowledgement 0 since the broker was last known to have read all.
  var unconfirmedRecords = 0
  /// The bytes of those records' batches.
  var unconfirmedBytes = 0
  /// Whether the broker has been asked whether it has read them.
  var isConfirming = false
  private(set) var requests: [UInt64: Request] = [:]
  /// The partitions with work. The first of the last request goes to the end, so that none starves.
  private(set) var active: [PartitionQueue] = []

  init(broker: Int32) { self.broker = broker }

  func activate(_ queue: PartitionQueue) {
    guard !queue.isActive else { return }
    queue.isActive = true
    active.append(queue)
  }

  func deactivate(_ queue: PartitionQueue) {
    guard queue.isActive else { return }
    queue.isActive = false
    active.removeAll { $0 === queue }
  }

  /// Forgets partitions that have nothing left, and puts the first at the end.
  func rotate() {
    for queue in active where queue.isEmpty { queue.isActive = false }
    active.removeAll { !$0.isActive }
    if active.count > 1 { active.append(active.removeFirst()) }
  }

  func sent(_ number: UInt64, _ request: Request) { requests[number] = request }

  func answered(_ number: UInt64) -> Request? { requests.removeValue(forKey: number) }
}
