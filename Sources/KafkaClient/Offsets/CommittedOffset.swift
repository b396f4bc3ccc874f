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
