import Transport

/// How records are fetched.
///
/// Reading begins with ``KafkaError/Code/invalidArgument`` where something is out of the range that a property names;
/// no duration may be longer than 292 years.
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
  /// How many bytes a broker waits for before it answers, up to ``maximumWait``; not negative.
  public var minimumBytes: Int32 = 1
  /// How many bytes one answer may have, except for a first batch that is larger. Less is asked for where three
  /// eighths of ``bufferBytes``, divided among the brokers, are less. At least 1.
  public var maximumBytes: Int32 = 50 << 20
  /// How many bytes of one partition an answer may have, at least 1.
  public var maximumPartitionBytes: Int32 = 4 << 20
  /// How long a broker waits for ``minimumBytes``; not negative. More than 24 days count as 24 days.
  public var maximumWait: Duration = .milliseconds(500)
  /// How many bytes of answers may wait or be read before fetching pauses. Three eighths of it again may be under way
  /// then, or 1 MiB from each broker where that is more. At least 1.
  public var bufferBytes = 16 << 20
  /// How many bytes a batch may decompress to: 1 or more, and less than 2 GiB.
  public var maximumBatchBytes = 128 << 20
  /// Whether reading ends when every partition has been read to its end.
  public var stopsAtEnd = false
  /// How long a partition may be unavailable before reading fails, not negative; nil to wait for ever.
  public var patience: Duration?
  /// Which partitions are read, from their beginning, of those that are added to the topics meanwhile.
  package var readsAdded: @Sendable (TopicPartition) -> Bool = { _ in false }
  /// Which topics are read, as far as ``readsAdded`` has their partitions, of those that are there meanwhile and not
  /// read; nil for none.
  package var findsTopics: (@Sendable ([String]) -> [String])?

  /// Creates the default configuration: committed records, for ever.
  public init() {}

  /// Refuses what no reader can work with.
  func check() throws(KafkaError) {
    let values = ConfigurationCheck(of: "ConsumerConfiguration")
    try values.require(minimumBytes, "minimumBytes", in: 0...Int32.max)
    try values.require(maximumBytes, "maximumBytes", in: 1...Int32.max)
    try values.require(maximumPartitionBytes, "maximumPartitionBytes", in: 1...Int32.max)
    try values.require(maximumWait, "maximumWait", atLeast: .zero)
    try values.require(bufferBytes, "bufferBytes", in: 1...Int.max)
    try values.require(maximumBatchBytes, "maximumBatchBytes", in: 1...Int(Int32.max))
    if let patience { try values.require(patience, "patience", atLeast: .zero) }
  }
}
