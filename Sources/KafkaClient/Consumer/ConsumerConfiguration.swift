import Transport

/// How records are fetched.
public struct ConsumerConfiguration: Sendable {
  /// Which records of transactions are delivered.
  public enum Isolation: Int8, Sendable {
    /// All of them, those of aborted and open transactions too.
    case readUncommitted = 0
    /// Those of committed transactions only; reading ends where the first open one begins.
    case readCommitted = 1
  }

  /// What happens when a partition has no record at the offset asked for any more, or not yet.
  public enum OffsetReset: Sendable {
    /// Reading fails.
    case fail
    /// Reading goes on with the first record that is there.
    case earliest
    /// Reading goes on after the last one.
    case latest
  }

  /// Which records of transactions are delivered.
  public var isolation = Isolation.readCommitted
  /// What happens when an offset is out of range.
  public var offsetReset = OffsetReset.fail
  /// How many bytes a broker waits for before it answers, up to ``maximumWait``.
  public var minimumBytes: Int32 = 1
  /// How many bytes one answer may have, except for a first batch that is larger. Less is asked for where three
  /// eighths of ``bufferBytes``, divided among the brokers, are less.
  public var maximumBytes: Int32 = 50 << 20
  /// How many bytes of one partition an answer may have.
  public var maximumPartitionBytes: Int32 = 4 << 20
  /// How long a broker waits for ``minimumBytes``.
  public var maximumWait: Duration = .milliseconds(500)
  /// How many bytes of answers may wait or be read before fetching pauses. Three eighths of it again may be under way
  /// then, or 1 MiB from each broker where that is more.
  public var bufferBytes = 16 << 20
  /// How many bytes a batch may decompress to.
  public var maximumBatchBytes = 128 << 20
  /// Whether reading ends when every partition has been read to its end.
  public var stopsAtEnd = false
  /// How long a partition may be unavailable before reading fails; nil to wait for ever.
  public var patience: Duration?
  /// Which partitions are read, from their beginning, of those that are added to the topics meanwhile.
  package var readsAdded: @Sendable (TopicPartition) -> Bool = { _ in false }
  /// Which topics are read, as far as ``readsAdded`` has their partitions, of those that are there meanwhile and not read;
  /// nil for none.
  package var findsTopics: (@Sendable ([String]) -> [String])?

  /// Creates the default configuration: committed records, for ever.
  public init() {}
}
