import KafkaProtocol

/// Describes groups of the new protocol (KIP-848).
enum ConsumerGroupDescribeHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...1

  static func handle(
    _ request: ConsumerGroupDescribeRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<ConsumerGroupDescribeResponse> {
    let known = state
    return .answer(ConsumerGroupDescribeResponse(groups: request.groupIds.map { describe($0, context, known) }))
  }

  private static func describe(
    _ id: String, _ context: RequestContext, _ state: ClusterState
  ) -> ConsumerGroupDescribeResponse.Group {
    var answer = ConsumerGroupDescribeResponse.Group(groupId: id)
    if let code = context.anyError ?? state.refusal(ofGroup: id, at: context.broker) {
      answer.errorCode = code
      return answer
    }
    guard let group = state.groups[id], group.isNewProtocol else {
      answer.errorCode = .groupIdNotFound
      return answer
    }
    answer.groupState = group.name
    answer.members = group.members.map { .init(memberId: $0.id, clientId: $0.clientID, clientHost: $0.host) }
    return answer
  }
}
