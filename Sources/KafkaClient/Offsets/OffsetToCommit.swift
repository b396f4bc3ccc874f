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
