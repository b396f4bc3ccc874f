import Buffers
import KafkaProtocol
import Transport

@testable import KafkaMockBroker

/// A connection to a broker that sends requests and takes the answers one by one.
///
/// Unchecked because it is used on the loop only.
final class TestClient: ChannelReceiver, @unchecked Sendable {
  /// What the broker did.
  enum Event: Equatable {
    case frame(Bytes)
    case closed(TransportError)

    var isClosed: Bool {
      if case .closed = self { true } else { false }
    }
  }

  private let channel: any Channel
  private var events: [Event] = []
  private var waiting: CheckedContinuation<Event, Never>?
  private var lastCorrelationID: Int32 = 0

  private init(_ channel: any Channel) { self.channel = channel }

  static func connect(to broker: MockBroker, on runtime: Runtime) async throws -> TestClient {
    let channel = try await runtime.network.connect(
      to: broker.host, port: broker.port, family: .any, deadline: runtime.loop.now + .seconds(60))
    let client = TestClient(channel)
    channel.start(client, maximumFrameSize: 100 << 20)
    return client
  }

  func channel(_ channel: any Channel, received frame: Bytes) { add(.frame(frame)) }

  func channel(_ channel: any Channel, closed error: TransportError) { add(.closed(error)) }

  private func add(_ event: Event) {
    if let waiting {
      self.waiting = nil
      waiting.resume(returning: event)
    } else {
      events.append(event)
    }
  }

  /// How many events have come that nobody took yet.
  var eventCount: Int { events.count }

  func next() async -> Event {
    if !events.isEmpty { return events.removeFirst() }
    return await withCheckedContinuation { waiting = $0 }
  }

  /// Sends a request and does not wait.
  ///
  /// - Returns: The number that the answer will have.
  @discardableResult
  func send(_ request: some WireRequest, version: Int16) throws -> Int32 {
    lastCorrelationID += 1
    channel.send(
      try RequestFrame.encode(request, version: version, correlationID: lastCorrelationID, clientID: "test"))
    return lastCorrelationID
  }

  /// Sends bytes that need not be a request.
  func send(_ bytes: [UInt8]) { channel.send([Bytes(copying: bytes)]) }

  /// Sends a request and waits for its answer.
  func ask<Request: WireRequest>(_ request: Request, version: Int16) async throws -> Request.Response {
    let correlationID = try send(request, version: version)
    switch await next() {
    case .frame(let frame):
      guard try ResponseFrame.correlationID(of: frame) == correlationID else { throw Unexpected.correlationID }
      return try ResponseFrame.decode(Request.Response.self, from: frame, version: version)
    case .closed(let error): throw Unexpected.closed(error)
    }
  }

  func close() { channel.close() }

  enum Unexpected: Error, Equatable {
    case correlationID
    case closed(TransportError)
  }
}

extension TestClient {
  /// Produces to partition 0 of a topic.
  func produce(
    _ values: [String], to topic: String, acks: Int16 = -1
  ) async throws -> ProduceResponse.Topic.Partition {
    try await ask(Self.produceRequest(values, to: topic, acks: acks), version: 9)
      .responses[0].partitionResponses[0]
  }

  static func produceRequest(_ values: [String], to topic: String, acks: Int16 = -1) throws -> ProduceRequest {
    ProduceRequest(
      acks: acks, timeoutMs: 1000,
      topicData: [
        ProduceRequest.Topic(
          name: topic, partitionData: [ProduceRequest.Topic.Partition(index: 0, records: try batch(values))])
      ])
  }

  static func fetchRequest(_ topic: String, offset: Int64, maxWait: Int32 = 0) -> FetchRequest {
    FetchRequest(
      maxWaitMs: maxWait, minBytes: 1, maxBytes: 1 << 20,
      topics: [
        FetchRequest.Topic(
          topic: topic,
          partitions: [
            FetchRequest.Topic.Partition(partition: 0, fetchOffset: offset, partitionMaxBytes: 1 << 20)
          ])
      ])
  }
}
