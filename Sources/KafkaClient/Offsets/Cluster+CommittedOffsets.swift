import KafkaProtocol
import Transport

/// Reads what is committed for groups. Version 0 is never used: it is about ZooKeeper, where no broker looks any more.
extension Cluster {
  /// The offsets of a group in some partitions, or in all that it has any in.
  func committedOffsets(
    of group: String, in partitions: [TopicPartition]?, by deadline: Instant
  ) async throws(KafkaError) -> [CommittedOffset] {
    if let partitions { return try await fetchCommitted(of: group, in: partitions, by: deadline) }
    let found: [CommittedOffset]
    do throws(KafkaError) {
      // Topics that were deleted have no id to tell their names by, so the answer is to have names.
      let response = try await perform(
        OffsetFetchRequest.self, onCoordinatorOf: group, in: 2...9, by: deadline, codes: \.allCodes
      ) { version in OffsetFetchRequest(group: group, topics: nil, version: version) }
      found = try response.offsets(of: group, TopicIdentities(ClusterMetadata()))
    } catch {
      guard error.code == .unsupportedVersion else { throw error }
      // Brokers before 0.10.2 have to be asked for each partition that there is.
      let all = try await fetchMetadata(of: nil, by: deadline).topics.flatMap { topic in
        topic.partitions.map { TopicPartition(topic.name, $0.index) }
      }
      found = try await fetchCommitted(of: group, in: all, by: deadline).filter { $0.offset != nil }
    }
    return found.sorted { first, second in
      if first.partition.topic == second.partition.topic {
        return first.partition.partition < second.partition.partition
      }
      return first.partition.topic.utf8.lexicographicallyPrecedes(second.partition.topic.utf8)
    }
  }

  private func fetchCommitted(
    of group: String, in partitions: [TopicPartition], by deadline: Instant
  ) async throws(KafkaError) -> [CommittedOffset] {
    guard !partitions.isEmpty else { return [] }
    var seen: Set<TopicPartition> = []
    let topics = partitions.filter { seen.insert($0).inserted }.byTopic
    let identities = try await identities(of: topics.map(\.topic), by: deadline)
    let response = try await perform(
      OffsetFetchRequest.self, onCoordinatorOf: group,
      in: 1...(identities.know(topics.map(\.topic)) ? 10 : 9), by: deadline, codes: \.allCodes
    ) { version in
      OffsetFetchRequest(
        group: group,
        topics: topics.map {
          .init(name: $0.topic, topicId: identities.id(of: $0.topic), partitionIndexes: $0.partitions)
        }, version: version)
    }
    let offsets = try response.offsets(of: group, identities)
    // Kafka answers for each partition that it is asked about. Others leave all of them out where the group has none.
    guard !offsets.isEmpty else { return partitions.map { CommittedOffset(partition: $0) } }
    let found = Dictionary(offsets.map { ($0.partition, $0) }) { first, _ in first }
    return partitions.map { found[$0] ?? CommittedOffset(partition: $0, error: .leavesOut($0).during("OffsetFetch")) }
  }

  /// The topics' ids as they are now: those of the snapshot may be of topics that are gone.
  func identities(of topics: [String], by deadline: Instant) async throws(KafkaError) -> TopicIdentities {
    let interest = Dictionary(topics.map { ($0, TopicInterest(mayCreate: false)) }) { first, _ in first }
    return TopicIdentities(try await fetchMetadata(of: interest, by: deadline))
  }
}

extension OffsetFetchRequest {
  /// One group's request; nil asks for all topics.
  fileprivate init(group: String, topics: [Group.Topic]?, version: Int16) {
    if version < 8 {
      self.init(
        groupId: group,
        topics: topics?.map { Topic(name: $0.name, partitionIndexes: $0.partitionIndexes) })
    } else {
      self.init(groups: [Group(groupId: group, topics: topics)])
    }
  }
}

extension OffsetFetchResponse {
  /// Every code in the answer.
  fileprivate var allCodes: [ErrorCode] {
    [errorCode] + topics.flatMap { $0.partitions.map(\.errorCode) } + groups.map(\.errorCode)
      + groups.flatMap { $0.topics.flatMap { $0.partitions.map(\.errorCode) } }
  }

  /// The offsets of a group: since version 8 an answer may have several (KIP-709).
  fileprivate func offsets(of group: String, _ identities: TopicIdentities) throws(KafkaError) -> [CommittedOffset] {
    let own = groups.first { $0.groupId == group }
    let code = own?.errorCode ?? errorCode
    // A group that does not exist has committed nothing.
    guard code == .none || code == .groupIdNotFound else {
      throw KafkaError(code).during("OffsetFetch").about(group: group)
    }
    guard let own else {
      return topics.flatMap { topic in
        topic.partitions.map {
          CommittedOffset(
            TopicPartition(topic.name, $0.partitionIndex), $0.committedOffset, $0.committedLeaderEpoch, $0.metadata,
            $0.errorCode)
        }
      }
    }
    return own.topics.flatMap { topic in
      topic.partitions.map {
        CommittedOffset(
          TopicPartition(identities.name(topic.name, topic.topicId), $0.partitionIndex), $0.committedOffset,
          $0.committedLeaderEpoch, $0.metadata, $0.errorCode)
      }
    }
  }
}

extension CommittedOffset {
  fileprivate init(
    _ partition: TopicPartition, _ offset: Int64, _ leaderEpoch: Int32, _ metadata: String?, _ code: ErrorCode
  ) {
    self.partition = partition
    guard code == .none else {
      error = KafkaError(code).about(partition.topic, partition.partition).during("OffsetFetch")
      return
    }
    guard offset >= 0 else { return }
    self.offset = offset
    self.leaderEpoch = leaderEpoch >= 0 ? leaderEpoch : nil
    self.metadata = metadata
  }
}

extension KafkaError {
  /// Creates the error for an answer that says nothing of a partition that was asked for.
  static func leavesOut(_ partition: TopicPartition) -> KafkaError {
    KafkaError(.malformedResponse, "the broker's answer leaves the partition out")
      .about(partition.topic, partition.partition)
  }
}
