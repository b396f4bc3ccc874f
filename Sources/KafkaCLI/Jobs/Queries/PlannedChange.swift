import KafkaClient

/// A partition whose committed offset is to be changed.
struct PlannedChange: Sendable {
  var partition: TopicPartition
  /// What is committed before.
  var before: Int64?
  /// What is to be committed; nothing where it is deleted or not known.
  var target: Int64?
  /// Why it stays as it is, if so.
  var error: KafkaError?

  init(_ committed: CommittedOffset) {
    partition = committed.partition
    before = committed.offset
    error = committed.error
  }

  /// What is committed afterwards.
  var after: Int64? { error == nil ? target : before }
}
