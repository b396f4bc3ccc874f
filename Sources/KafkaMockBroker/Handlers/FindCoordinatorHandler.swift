import KafkaProtocol

/// Tells which broker is responsible for a group or a transactional id: one that its name alone decides.
enum FindCoordinatorHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...6

  static func handle(
    _ request: FindCoordinatorRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<FindCoordinatorResponse> {
    guard context.version >= 4 else {
      let found = coordinator(of: request.key, context, state)
      return .answer(
        FindCoordinatorResponse(
          errorCode: found.errorCode, errorMessage: found.errorMessage, nodeId: found.nodeId, host: found.host,
          port: found.port))
    }
    return .answer(
      FindCoordinatorResponse(coordinators: request.coordinatorKeys.map { coordinator(of: $0, context, state) }))
  }

  private static func coordinator(
    of key: String, _ context: RequestContext, _ state: ClusterState
  ) -> FindCoordinatorResponse.Coordinator {
    guard context.anyError == nil, let broker = state.coordinator(of: key) else {
      return FindCoordinatorResponse.Coordinator(
        key: key, nodeId: -1, host: "", port: -1, errorCode: context.anyError ?? .coordinatorNotAvailable)
    }
    return FindCoordinatorResponse.Coordinator(
      key: key, nodeId: broker.id, host: broker.host, port: Int32(broker.port))
  }
}
