import Transport

/// Where reading of one partition stands. Lives on the loop; when another broker is to be read from, it moves to that
/// one's fetcher.
final class Cursor {
  enum State: Equatable {
    case reading
    /// Not asked for until then, after a failure.
    case waiting(until: Instant)
    /// Not asked for until it is known where to go on: its offset is out of range.
    case resetting
    case done
  }

  /// A replica that is nearer than the leader, which has named it (KIP-392).
  struct NearerReplica {
    let broker: Int32
    /// When the leader is to be asked again.
    let expiry: Instant
    /// Where the partition ended for the leader. A replica may not know of all its records yet.
    let leaderEnd: Int64
  }

  let partition: TopicPartition
  /// The offset to ask for next.
  var nextOffset: Int64
  /// The offset before which reading ends.
  let end: Int64?
  /// The broker that it is read from: the leader, or the replica that the leader named.
  var source: Int32?
  var nearer: NearerReplica?
  /// The topic's id as of the start of reading; nil where the brokers have none. A topic that was deleted and created
  /// again has another one, and other records at the same offsets.
  var topicID: TopicID?
  /// Whether the leader has said that it has no such topic, and has not answered with records since.
  var isTopicGone = false
  /// Whether the partition was added while its topic was read, and nothing of it has come yet. Its first records may be
  /// gone.
  var isNew = false
  /// What the broker that it is read from remembers of it, if it does.
  var memory: FetchSession.Memory?
  var state = State.reading
  var backoff: Backoff
  /// How much of it an answer may have. Grows when its first batch does not fit (before Kafka 0.10.1 it never comes).
  var maximumBytes: Int32
  /// Since when it cannot be read.
  var failingSince: Instant?
  /// How many answers in a row had only batches from before ``nextOffset``.
  var answersWithoutProgress = 0

  init(_ range: PartitionRange, maximumBytes: Int32, backoff: Backoff) {
    partition = range.partition
    nextOffset = range.start
    end = range.end
    self.maximumBytes = maximumBytes
    self.backoff = backoff
    if let end, end <= nextOffset { state = .done }
  }

  /// Notes that the partition can be read.
  func recovered() {
    isNew = false
    failingSince = nil
    isTopicGone = false
    backoff.reset()
  }
}
