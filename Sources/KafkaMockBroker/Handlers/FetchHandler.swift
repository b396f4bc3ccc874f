import Buffers
import KafkaProtocol

/// Reads records of partitions, and waits for more where there are fewer than the client wants.
///
/// Only leaders are read from, and by those that name a rack their replicas too. What clients do not say because they
/// have said it before is in their sessions (KIP-227).
enum FetchHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...18

  static func names(in request: FetchRequest, _ state: ClusterState) -> [PartitionName] {
    (request.topics + state.fetchSessions.topics(of: request)).flatMap { topic in
      let name = state.topicNames[topic.topicId] ?? topic.topic
      return topic.partitions.map { PartitionName(name, $0.partition) }
    }
  }

  static func handle(
    _ request: FetchRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<FetchResponse> {
    var response = FetchResponse()
    if let code = context.topLevelError { response.errorCode = code }
    guard response.errorCode == .none else { return .answer(response) }
    let hasSessions = context.version >= 7
    let asked = request
    var request = request
    if hasSessions {
      do throws(FetchSessionError) { request = try state.fetchSessions.completed(asked, by: context.broker) } catch {
        response.errorCode = error.code
        return .answer(response)
      }
    }
    var pass = FetchPass(request: request, context: context, state: state)
    for topic in request.topics {
      let name = context.version >= 13 ? state.topicNames[topic.topicId] : topic.topic
      response.responses.append(
        FetchResponse.Topic(
          topic: topic.topic, topicId: topic.topicId,
          partitions: topic.partitions.map { pass.read($0, of: name) }))
    }
    response.nodeEndpoints = pass.endpoints
    let isEnough =
      pass.hasErrors || pass.hasNearerReplicas || pass.byteCount >= Int(request.minBytes) || request.topics.isEmpty
    guard isEnough || request.maxWaitMs <= 0 || !context.mayWait else {
      return .wait(.milliseconds(Int64(request.maxWaitMs)))
    }
    return .answer(hasSessions ? state.fetchSessions.answered(asked, with: response, by: context.broker) : response)
  }
}
