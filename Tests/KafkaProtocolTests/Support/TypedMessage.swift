import Buffers
import KafkaProtocol

/// The generated type for a message, behind functions on bytes.
struct TypedMessage: Sendable {
  let name: String
  /// Decodes a body and encodes it again.
  let recode: @Sendable (Bytes, Int16) throws(WireError) -> Bytes

  private init<Message: WireMessage>(_ type: Message.Type) {
    name = String(describing: type)
    recode = { (bytes: Bytes, version: Int16) throws(WireError) -> Bytes in
      let message = try WholeMessage.decode(Message.self, from: bytes, version: version)
      var writer = WireWriter()
      try message.encode(into: &writer, version: version)
      return Bytes(copying: writer.finish().flatMap(\.array))
    }
  }

  private static func both<Request: WireRequest>(_ type: Request.Type) -> [TypedMessage] {
    [TypedMessage(type), TypedMessage(Request.Response.self)]
  }

  static let all: [String: TypedMessage] = Dictionary(
    uniqueKeysWithValues: [
      both(ApiVersionsRequest.self), both(ConsumerGroupDescribeRequest.self), both(CreateTopicsRequest.self),
      both(DescribeGroupsRequest.self), both(FetchRequest.self), both(FindCoordinatorRequest.self),
      both(InitProducerIdRequest.self), both(ListGroupsRequest.self), both(ListOffsetsRequest.self),
      both(MetadataRequest.self), both(OffsetCommitRequest.self), both(OffsetDeleteRequest.self),
      both(OffsetFetchRequest.self), both(ProduceRequest.self),
    ].joined().map { ($0.name, $0) })
}
