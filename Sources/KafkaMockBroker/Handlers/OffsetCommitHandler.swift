import KafkaProtocol

/// Keeps offsets for groups. Whoever commits is no member, so that a group must have none.
enum OffsetCommitHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...10

  static func names(in request: OffsetCommitRequest, _ state: ClusterState) -> [PartitionName] {
    request.topics.flatMap { topic in
      let name = state.topicNames[topic.topicId] ?? topic.name
      return topic.partitions.map { PartitionName(name, $0.partitionIndex) }
    }
  }

  static func handle(
    _ request: OffsetCommitRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<OffsetCommitResponse> {
    let members = state.groups[request.groupId]?.members ?? []
    let refusal =
      context.topLevelError ?? state.refusal(ofGroup: request.groupId, at: context.broker)
      ?? (members.isEmpty ? nil : .unknownMemberId)
    var response = OffsetCommitResponse()
    for topic in request.topics {
      let name = state.topicName(topic.name, topic.topicId, usesID: context.version >= 10)
      response.topics.append(
        .init(
          name: topic.name, topicId: topic.topicId,
          partitions: topic.partitions.map { partition in
            let code = refusal ?? commit(partition, of: name, for: request.groupId, context, &state)
            return .init(partitionIndex: partition.partitionIndex, errorCode: code ?? .none)
          }))
    }
    return .answer(response)
  }

  private static func commit(
    _ partition: OffsetCommitRequest.Topic.Partition, of name: String?, for group: String, _ context: RequestContext,
    _ state: inout ClusterState
  ) -> ErrorCode? {
    guard let name else { return .unknownTopicId }
    let index = partition.partitionIndex
    if let code = context.error(for: name, index) { return code }
    guard state.partition(name, index) != nil else { return .unknownTopicOrPartition }
    state.groups[group, default: GroupState()].commit(
      .init(
        offset: partition.committedOffset, leaderEpoch: partition.committedLeaderEpoch,
        metadata: partition.committedMetadata), name, index)
    return context.errorAfterwards(for: name, index)
  }
}
