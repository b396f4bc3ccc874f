import Buffers
import Transport

/// The requests of one connection that wait for their answers, in the order in which they were sent.
///
/// Kafka answers in order, so an answer belongs to the first of them or the connection is broken.
struct RequestQueue: ~Copyable {
  /// A request that was sent.
  struct Entry: Sendable {
    let correlationID: Int32
    let sentAt: Instant
    let timeout: Duration
    /// What events call the request; nothing if nobody listens to them.
    let label: String?
    let reply: @Sendable (Result<Bytes, KafkaError>) -> Void
    fileprivate(set) var deadline: Instant

    init(
      correlationID: Int32, sentAt: Instant, timeout: Duration, label: String? = nil,
      reply: @escaping @Sendable (Result<Bytes, KafkaError>) -> Void
    ) {
      self.correlationID = correlationID
      self.sentAt = sentAt
      self.timeout = timeout
      self.label = label
      self.reply = reply
      deadline = sentAt + timeout
    }
  }

  private var entries: [Entry] = []
  private var nextCorrelationID: Int32 = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  /// The earliest deadline of those that wait.
  var earliestDeadline: Instant? { entries.lazy.map(\.deadline).min() }

  /// How long the one with the earliest deadline was allowed to take.
  var earliestTimeout: Duration? { entries.min { $0.deadline < $1.deadline }?.timeout }

  /// The number for the next request.
  mutating func takeCorrelationID() -> Int32 {
    defer { nextCorrelationID = nextCorrelationID == .max ? 0 : nextCorrelationID + 1 }
    return nextCorrelationID
  }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Removes the entry that an answer with this number belongs to, or nil when the answer is out of order.
  mutating func match(_ correlationID: Int32) -> Entry? {
    guard let first = entries.first, first.correlationID == correlationID else { return nil }
    return entries.removeFirst()
  }

  /// Gives all that wait another while, from `now`: the answer that is first in line keeps coming.
  mutating func extendDeadlines(from now: Instant) {
    for index in entries.indices {
      entries[index].deadline = max(entries[index].deadline, now + entries[index].timeout)
    }
  }

  /// Removes all entries, to be failed.
  mutating func removeAll() -> [Entry] {
    defer { entries = [] }
    return entries
  }
}
