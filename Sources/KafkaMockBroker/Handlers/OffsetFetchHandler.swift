import KafkaProtocol

/// Tells what is committed for groups.
enum OffsetFetchHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...10

  private typealias Group = OffsetFetchResponse.Group

  static func names(in request: OffsetFetchRequest, _ state: ClusterState) -> [PartitionName] {
    let single = (request.topics ?? []).flatMap { topic in topic.partitionIndexes.map { PartitionName(topic.name, $0) }
    }
    return request.groups.flatMap { $0.topics ?? [] }.reduce(into: single) { names, topic in
      let name = state.topicNames[topic.topicId] ?? topic.name
      names += topic.partitionIndexes.map { PartitionName(name, $0) }
    }
  }

  static func handle(
    _ request: OffsetFetchRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<OffsetFetchResponse> {
    guard context.version < 8 else {
      return .answer(
        OffsetFetchResponse(groups: request.groups.map { fetch($0.groupId, $0.topics, context, state) }))
    }
    let topics = request.topics?.map {
      OffsetFetchRequest.Group.Topic(name: $0.name, partitionIndexes: $0.partitionIndexes)
    }
    let group = fetch(request.groupId, topics, context, state)
    return .answer(
      OffsetFetchResponse(
        topics: group.topics.map { topic in
          .init(
            name: topic.name,
            partitions: topic.partitions.map {
              .init(
                partitionIndex: $0.partitionIndex, committedOffset: $0.committedOffset,
                committedLeaderEpoch: $0.committedLeaderEpoch, metadata: $0.metadata,
                // The answer as a whole has no place for an error before version 2.
                errorCode: context.version < 2 && group.errorCode != .none ? group.errorCode : $0.errorCode)
            })
        }, errorCode: group.errorCode))
  }

  private static func fetch(
    _ id: String, _ topics: [OffsetFetchRequest.Group.Topic]?, _ context: RequestContext, _ state: ClusterState
  ) -> Group {
    let isWhole = context.injected.map { $0.topic == nil && $0.partition == nil } ?? false
    var group = Group(groupId: id)
    group.errorCode = (isWhole ? context.anyError : nil) ?? state.refusal(ofGroup: id, at: context.broker) ?? .none
    guard group.errorCode == .none || context.version < 2 else { return group }
    let known = state.groups[id]
    let all = (known?.offsets ?? [:]).sorted { $0.key < $1.key }.map { name, partitions in
      OffsetFetchRequest.Group.Topic(
        name: name, topicId: state.topics[name]?.id ?? .zero, partitionIndexes: partitions.keys.sorted())
    }
    for topic in topics ?? all {
      let name = state.topicName(topic.name, topic.topicId, usesID: context.version >= 10)
      group.topics.append(
        .init(
          name: topic.name, topicId: topic.topicId,
          partitions: topic.partitionIndexes.map { answer(name, $0, known, context) }))
    }
    return group
  }

  private static func answer(
    _ name: String?, _ partition: Int32, _ group: GroupState?, _ context: RequestContext
  ) -> Group.Topic.Partition {
    var answer = Group.Topic.Partition(partitionIndex: partition, committedOffset: -1)
    guard let name else {
      answer.errorCode = .unknownTopicId
      return answer
    }
    if let code = context.error(for: name, partition) {
      answer.errorCode = code
    } else if let committed = group?.offset(name, partition) {
      answer.committedOffset = committed.offset
      answer.committedLeaderEpoch = committed.leaderEpoch
      answer.metadata = committed.metadata
    }
    return answer
  }
}
