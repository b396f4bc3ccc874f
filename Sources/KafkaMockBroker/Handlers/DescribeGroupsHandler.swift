import KafkaProtocol

/// Describes groups of the first protocol; others are there for it only as long as they have no members.
enum DescribeGroupsHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...6

  static func handle(
    _ request: DescribeGroupsRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<DescribeGroupsResponse> {
    let known = state
    return .answer(DescribeGroupsResponse(groups: request.groups.map { describe($0, context, known) }))
  }

  private static func describe(
    _ id: String, _ context: RequestContext, _ state: ClusterState
  ) -> DescribeGroupsResponse.Group {
    var answer = DescribeGroupsResponse.Group(groupId: id)
    if let code = context.anyError ?? state.refusal(ofGroup: id, at: context.broker) {
      answer.errorCode = code
      return answer
    }
    guard let group = state.groups[id], !group.isNewProtocol else {
      answer.groupState = "Dead"
      // Before version 6 that is no error.
      if context.version >= 6 { answer.errorCode = .groupIdNotFound }
      return answer
    }
    answer.groupState = group.name
    answer.protocolType = group.members.isEmpty ? "" : "consumer"
    answer.members = group.members.map { .init(memberId: $0.id, clientId: $0.clientID, clientHost: $0.host) }
    return answer
  }
}
