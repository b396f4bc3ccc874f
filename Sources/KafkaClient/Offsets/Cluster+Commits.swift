import KafkaProtocol
import Transport

/// Changes what is committed for groups, as somebody who is no member of theirs.
extension Cluster {
  /// Commits offsets. The coordinator refuses that while the group has members.
  ///
  /// - Returns: What came of each, in their order.
  func commit(
    _ offsets: [OffsetToCommit], for group: String, by deadline: Instant
  ) async throws(KafkaError) -> [PartitionOutcome] {
    guard !offsets.isEmpty else { return [] }
    let commits = Dictionary(offsets.map { ($0.partition, $0) }) { _, last in last }
    var seen: Set<TopicPartition> = []
    let topics = offsets.map(\.partition).filter { seen.insert($0).inserted }.byTopic
    let identities = try await identities(of: topics.map(\.topic), by: deadline)
    let request = OffsetCommitRequest(
      groupId: group,
      topics: topics.map { topic in
        .init(
          name: topic.topic, topicId: identities.id(of: topic.topic),
          partitions: topic.partitions.map { index in
            let commit = commits[TopicPartition(topic.topic, index)]
            return .init(
              partitionIndex: index, committedOffset: commit?.offset ?? 0, committedMetadata: commit?.metadata)
          })
      })
    let response = try await perform(
      OffsetCommitRequest.self, onCoordinatorOf: group,
      in: 1...(identities.know(topics.map(\.topic)) ? 10 : 9), by: deadline,
      codes: { $0.topics.flatMap { $0.partitions.map(\.errorCode) } }
    ) { _ in request }
    var codes: [TopicPartition: ErrorCode] = [:]
    for topic in response.topics {
      let name = identities.name(topic.name, topic.topicId)
      for answer in topic.partitions { codes[TopicPartition(name, answer.partitionIndex)] = answer.errorCode }
    }
    return offsets.map { PartitionOutcome($0.partition, codes[$0.partition], during: "OffsetCommit") }
  }

  /// Deletes offsets (KIP-496). The coordinator refuses that for topics that members of the group read.
  ///
  /// - Returns: What came of each, in their order.
  func deleteOffsets(
    in partitions: [TopicPartition], of group: String, by deadline: Instant
  ) async throws(KafkaError) -> [PartitionOutcome] {
    guard !partitions.isEmpty else { return [] }
    var seen: Set<TopicPartition> = []
    let request = OffsetDeleteRequest(
      groupId: group,
      topics: partitions.filter { seen.insert($0).inserted }.byTopic.map { topic in
        .init(name: topic.topic, partitions: topic.partitions.map { .init(partitionIndex: $0) })
      })
    let response: OffsetDeleteResponse
    do throws(KafkaError) {
      response = try await perform(
        OffsetDeleteRequest.self, onCoordinatorOf: group, by: deadline,
        codes: { [$0.errorCode] + $0.topics.flatMap { $0.partitions.map(\.errorCode) } }
      ) { _ in request }
    } catch {
      throw error.hinting(ifUnsupported: "offsets can be deleted since Kafka 2.4")
    }
    guard response.errorCode == .none else {
      throw KafkaError(response.errorCode).hintingAtMembers(response.errorCode).during("OffsetDelete").about(
        group: group)
    }
    var codes: [TopicPartition: ErrorCode] = [:]
    for topic in response.topics {
      for answer in topic.partitions { codes[TopicPartition(topic.name, answer.partitionIndex)] = answer.errorCode }
    }
    return partitions.map { PartitionOutcome($0, codes[$0], during: "OffsetDelete") }
  }
}

extension PartitionOutcome {
  fileprivate init(_ partition: TopicPartition, _ code: ErrorCode?, during operation: String) {
    self.partition = partition
    guard let code else {
      error = .leavesOut(partition).during(operation)
      return
    }
    guard code != .none else { return }
    error = KafkaError(code).hintingAtMembers(code).about(partition.topic, partition.partition).during(operation)
  }
}

extension KafkaError {
  /// Says what these codes mean to somebody who is no member.
  fileprivate func hintingAtMembers(_ code: ErrorCode) -> KafkaError {
    switch code {
    case .unknownMemberId, .illegalGeneration, .rebalanceInProgress, .nonEmptyGroup, .groupSubscribedToTopic,
      .fencedMemberEpoch, .staleMemberEpoch:
      var error = self
      error.hint = "the group has active members; stop them first"
      return error
    default: return self
    }
  }
}
