/// What is committed for a group in a partition.
public struct CommittedOffset: Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// Where the group goes on reading, or nil where nothing is committed.
  public var offset: Int64?
  /// The leader's epoch when that record was read, where it is known (KIP-320).
  public var leaderEpoch: Int32?
  /// What the committer has added.
  public var metadata: String?
  /// Why there is no answer, if so.
  public var error: KafkaError?
}

/// An offset to commit for a group.
public struct OffsetToCommit: Hashable, Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// Where the group is to go on reading.
  public var offset: Int64
  /// A text for whoever asks for the offset.
  public var metadata: String

  /// Describes a commit.
  public init(_ partition: TopicPartition, offset: Int64, metadata: String = "") {
    self.partition = partition
    self.offset = offset
    self.metadata = metadata
  }
}

/// What came of a change of one partition.
public struct PartitionOutcome: Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// Why it was not changed, if so.
  public var error: KafkaError?
}
