/// What is to be read of a partition.
public struct PartitionRange: Sendable, Hashable {
  /// The partition.
  public var partition: TopicPartition
  /// The first offset.
  public var start: Int64
  /// The offset before which reading ends, or nil to read on for ever.
  public var end: Int64?

  /// Creates a range of offsets.
  public init(_ partition: TopicPartition, start: Int64, end: Int64? = nil) {
    self.partition = partition
    self.start = start
    self.end = end
  }
}
