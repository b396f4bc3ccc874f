/// What a broker has in its configuration file; the names in parentheses are Kafka's.
struct ClusterSettings: Sendable, Equatable {
  /// Whether metadata requests create the topics they ask for (`auto.create.topics.enable`).
  var createsTopics = true
  /// The partitions of topics that are created without a number (`num.partitions`).
  var defaultPartitions = 1
  /// The copies of topics that are created without a number (`default.replication.factor`).
  var defaultReplicationFactor = 1
  /// The most bytes of a batch (`message.max.bytes`).
  var maximumBatchSize = 1_048_588
  /// The most partitions a topic may have, so that no request can ask for all the memory there is.
  var maximumPartitions = 10_000
}
