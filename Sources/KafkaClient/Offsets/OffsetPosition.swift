/// A place in a partition that a broker can tell the offset of.
public enum OffsetPosition: Hashable, Sendable {
  /// The first offset that is still there.
  case earliest
  /// The offset that the next record will get: the high watermark.
  case latest
  /// The offset before which no transaction is open: where a read_committed reader ends (KIP-98).
  case stable
  /// The record with the largest timestamp (KIP-734, Kafka 3.0 and later).
  case maximumTimestamp
  /// The first record whose timestamp is at least this, in milliseconds since 1970-01-01 UTC (Kafka 0.10.1 and later).
  case timestamp(Int64)

  /// The number that stands for it in a ListOffsets request.
  var wireTimestamp: Int64 {
    switch self {
    case .latest, .stable: -1
    case .earliest: -2
    case .maximumTimestamp: -3
    case .timestamp(let milliseconds): max(milliseconds, 0)
    }
  }

  /// The first release that knows it, where not all do.
  var firstRelease: String? {
    switch self {
    case .earliest, .latest: nil
    case .timestamp: "0.10.1"
    case .stable: "0.11"
    case .maximumTimestamp: "3.0"
    }
  }

  /// The versions of ListOffsets that know it.
  var versions: ClosedRange<Int16> {
    switch self {
    case .earliest, .latest: 0...11
    case .timestamp: 1...11
    case .stable: 2...11
    case .maximumTimestamp: 7...11
    }
  }
}

/// What a broker says of a position in a partition.
public struct PartitionOffset: Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// The offset, or nil when there is no record at or after the timestamp asked for, or none at all.
  public var offset: Int64?
  /// That record's timestamp in milliseconds since 1970-01-01 UTC, where a timestamp was asked for.
  public var timestamp: Int64?
  /// Why there is no answer, if so.
  public var error: KafkaError?
}
