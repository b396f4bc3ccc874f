/// Where segments of a partition's log begin: the old answer to where a time is (ListOffsets version 0).
public struct PartitionSegments: Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// The first offsets of segments, the newest first.
  public var offsets: [Int64]
  /// Why there is no answer, if so.
  public var error: KafkaError?
}
