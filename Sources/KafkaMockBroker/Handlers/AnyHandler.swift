import Buffers
import KafkaProtocol

/// A handler whose request type is forgotten.
struct AnyHandler: Sendable {
  let api: MockAPI
  let versions: ClosedRange<Int16>
  /// Reads a request.
  let decode: @Sendable (RequestHeader) throws(WireError) -> any ReceivedRequest

  init<Served: Handler>(_ handler: Served.Type) {
    api = Served.api
    versions = Served.versions
    decode = { header throws(WireError) in
      TypedRequest<Served>(request: try RequestFrame.decode(Served.Request.self, from: header))
    }
  }

  /// All there are, by API key.
  static let all: [AnyHandler] = [
    AnyHandler(ProduceHandler.self),
    AnyHandler(FetchHandler.self),
    AnyHandler(ListOffsetsHandler.self),
    AnyHandler(MetadataHandler.self),
    AnyHandler(OffsetCommitHandler.self),
    AnyHandler(OffsetFetchHandler.self),
    AnyHandler(FindCoordinatorHandler.self),
    AnyHandler(DescribeGroupsHandler.self),
    AnyHandler(ListGroupsHandler.self),
    AnyHandler(ApiVersionsHandler.self),
    AnyHandler(CreateTopicsHandler.self),
    AnyHandler(InitProducerIDHandler.self),
    AnyHandler(OffsetDeleteHandler.self),
    AnyHandler(ConsumerGroupDescribeHandler.self),
  ]

  static func handler(of api: MockAPI) -> AnyHandler? { all.first { $0.api == api } }
}

/// A request that was read and can be answered, more than once if it has to wait.
protocol ReceivedRequest: Sendable {
  func names(_ state: ClusterState) -> [PartitionName]

  /// - Returns: The frame to send, in segments.
  func answer(
    _ context: RequestContext, correlationID: Int32, in state: inout ClusterState
  ) throws(WireError) -> Outcome<[Bytes]>
}

private struct TypedRequest<Served: Handler>: ReceivedRequest {
  let request: Served.Request

  func names(_ state: ClusterState) -> [PartitionName] { Served.names(in: request, state) }

  func answer(
    _ context: RequestContext, correlationID: Int32, in state: inout ClusterState
  ) throws(WireError) -> Outcome<[Bytes]> {
    switch Served.handle(request, context, in: &state) {
    case .answer(let response):
      .answer(try ResponseFrame.encode(response, version: context.version, correlationID: correlationID))
    case .silence: .silence
    case .close: .close
    case .wait(let duration): .wait(duration)
    }
  }
}
