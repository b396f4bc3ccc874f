import KafkaProtocol

/// Lists the groups that a broker coordinates.
enum ListGroupsHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...5

  static func handle(
    _ request: ListGroupsRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<ListGroupsResponse> {
    if let code = context.anyError { return .answer(ListGroupsResponse(errorCode: code)) }
    let own = state.groups.filter { state.coordinator(of: $0.key)?.id == context.broker }.sorted { $0.key < $1.key }
    return .answer(
      ListGroupsResponse(
        groups: own.map { id, group in
          .init(
            groupId: id, protocolType: group.members.isEmpty ? "" : "consumer", groupState: group.name,
            groupType: group.isNewProtocol ? "consumer" : "classic")
        }))
  }
}
