/// What came of a change of one partition.
public struct PartitionOutcome: Sendable {
  /// The partition.
  public var partition: TopicPartition
  /// Why it was not changed, if so.
  public var error: KafkaError?
}
