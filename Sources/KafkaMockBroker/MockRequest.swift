package import KafkaProtocol

/// A request that a broker of a mock cluster has received.
public struct MockRequest: Sendable {
  /// The broker that has received it.
  public let broker: Int32
  /// Which API it is of.
  public let api: MockAPI
  /// The version of the API.
  public let version: Int16
  /// The name that the client gives itself.
  public let clientID: String?
  /// The topics that it names, each once, in order.
  public let topics: [String]
  /// Tells connections apart: they are counted from 1 in the order in which they were accepted.
  public let connection: Int

  /// The header, and the body still encoded.
  package let header: RequestHeader

  init(_ header: RequestHeader, broker: Int32, connection: Int, names: [PartitionName]) {
    self.header = header
    self.broker = broker
    self.connection = connection
    api = MockAPI(key: header.apiKey)
    version = header.version
    clientID = header.clientID
    var topics: [String] = []
    for name in names where topics.last != name.topic && !topics.contains(name.topic) { topics.append(name.topic) }
    self.topics = topics
  }

  /// Decodes the request.
  package func decode<Request: WireRequest>(as type: Request.Type) throws(WireError) -> Request {
    try RequestFrame.decode(type, from: header)
  }
}
