import KafkaProtocol

/// Deletes what is committed for a group (KIP-496). Members are taken to read every topic.
enum OffsetDeleteHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...0

  static func names(in request: OffsetDeleteRequest, _ state: ClusterState) -> [PartitionName] {
    request.topics.flatMap { topic in topic.partitions.map { PartitionName(topic.name, $0.partitionIndex) } }
  }

  static func handle(
    _ request: OffsetDeleteRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<OffsetDeleteResponse> {
    if let code = context.topLevelError ?? state.refusal(ofGroup: request.groupId, at: context.broker) {
      return .answer(OffsetDeleteResponse(errorCode: code))
    }
    guard let group = state.groups[request.groupId] else {
      return .answer(OffsetDeleteResponse(errorCode: .groupIdNotFound))
    }
    var response = OffsetDeleteResponse()
    for topic in request.topics {
      response.topics.append(
        .init(
          name: topic.name,
          partitions: topic.partitions.map { partition in
            let index = partition.partitionIndex
            var code = context.error(for: topic.name, index) ?? (group.members.isEmpty ? nil : .groupSubscribedToTopic)
            if code == nil {
              state.groups[request.groupId]?.delete(topic.name, index)
              code = context.errorAfterwards(for: topic.name, index)
            }
            return .init(partitionIndex: index, errorCode: code ?? .none)
          }))
    }
    return .answer(response)
  }
}
