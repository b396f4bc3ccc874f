/// Groups of consumers, and the offsets that are committed for them.
extension KafkaClient {
  /// Describes a group: its state and its members.
  ///
  /// - Parameter timeout: How long it may take in all, retries included; the request timeout if nil.
  /// - Returns: A description in the state `Dead` where there is no such group; nothing where brokers cannot be asked,
  ///   as those before 0.10.
  public func describeGroup(
    _ group: String, timeout: Duration? = nil
  ) async throws(KafkaError) -> GroupDescription? {
    try await cluster.describe(group, by: deadline(timeout))
  }

  /// The names of all groups of the cluster, sorted. Brokers can be asked since 0.10.
  public func groupNames(timeout: Duration? = nil) async throws(KafkaError) -> [String] {
    try await cluster.groupNames(by: deadline(timeout))
  }

  /// The offsets that are committed for a group.
  ///
  /// - Parameter partitions: The partitions to ask for, or nil for all that the group has an offset in.
  /// - Returns: One answer for each partition asked for, in their order, or those that there are, by topic and
  ///   partition; errors stay with their partition.
  public func committedOffsets(
    of group: String, in partitions: [TopicPartition]? = nil, timeout: Duration? = nil
  ) async throws(KafkaError) -> [CommittedOffset] {
    try await cluster.committedOffsets(of: group, in: partitions, by: deadline(timeout))
  }

  /// Commits offsets for a group that has no members now.
  ///
  /// - Returns: What came of each, in their order.
  public func commit(
    _ offsets: [OffsetToCommit], for group: String, timeout: Duration? = nil
  ) async throws(KafkaError) -> [PartitionOutcome] {
    try await cluster.commit(offsets, for: group, by: deadline(timeout))
  }

  /// Deletes what is committed for a group in partitions that none of its members reads (Kafka 2.4 and later).
  ///
  /// - Returns: What came of each, in their order.
  public func deleteOffsets(
    in partitions: [TopicPartition], of group: String, timeout: Duration? = nil
  ) async throws(KafkaError) -> [PartitionOutcome] {
    try await cluster.deleteOffsets(in: partitions, of: group, by: deadline(timeout))
  }
}
