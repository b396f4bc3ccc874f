import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("Events")
struct EventTests {
  /// Writes records and reads them back.
  private static func run(_ events: KafkaEventSelection?) throws -> [KafkaClientEvent] {
    try simulate({ _, client in if let events { client.events = events } }) { simulation in
      try await simulation.client.withProducer { producer throws(KafkaError) in
        let (key, value) = (Array("a-key".utf8), Array("a-value".utf8))
        try await producer.append(value: value.span.bytes, key: key.span.bytes, to: "t")
      }
      var configuration = ConsumerConfiguration()
      configuration.stopsAtEnd = true
      for try await batch in simulation.client.records(of: "t", configuration) { #expect(batch.partition.topic == "t") }
      _ = try await simulation.client.describeGroup("readers")
      return simulation.events.all
    }
  }

  @Test("each area says what goes on in it", arguments: KafkaClientEvent.Area.allCases)
  func areas(area: KafkaClientEvent.Area) throws {
    var selection = KafkaEventSelection(from: .warning)
    selection[area] = .trace
    let events = try Self.run(selection)
    #expect(events.allSatisfy { $0.area == area })
    let texts = events.map(\.text)
    func has(_ parts: String...) -> Bool { texts.contains { text in parts.allSatisfy { text.contains($0) } } }
    switch area {
    case .connection: #expect(has("connected to") && has("metadata: 3 brokers"))
    case .io: #expect(has("bytes from broker") && has("bytes in", "pieces to broker"))
    case .protocol:
      #expect(has("speaks", "Produce up to version") && has("ApiVersions version 3, number 0: answered in"))
      #expect(has("Produce version", "bytes to broker") && has("Fetch version", "answered in"))
    case .group: #expect(has("group readers: coordinated by broker"))
    case .producer:
      #expect(has("producer id") && has("t:0: 1 records in") && has("t:0: 1 records acknowledged at offset 0"))
    case .consumer: #expect(has("t:0: read from broker") && has("t:0:", "in 1 batches at offset 0"))
    }
  }

  @Test("no event has what is in a record")
  func redaction() throws {
    let events = try Self.run(KafkaEventSelection(from: .trace))
    #expect(events.count > 20)
    #expect(events.filter { $0.text.contains("a-key") || $0.text.contains("a-value") }.isEmpty)
  }

  @Test("without a selection only connections, retries and warnings are made")
  func standard() throws {
    let events = try Self.run(nil)
    #expect(!events.isEmpty)
    #expect(events.allSatisfy { $0.level >= .info })
  }

  @Test(
    "S26: a connection that ends says why, and after which time",
    arguments: [
      (MockFault.close, "the other side closed the connection"),
      (.closeAfter(bytes: 10), "the other side closed the connection within a message"),
      (.reset, "connection reset by peer"), (.noAnswer, "no answer within "),
      (.wrongCorrelationID, "belongs to no request"),
      (.rawBytes(Array("HTTP/1.1 400\r\n".utf8)), "HTTP"),
    ])
  func end(fault: MockFault, reason: String) throws {
    try simulate(
      brokers: 1,
      { _, client in
        client.events = KafkaEventSelection(from: .debug)
        client.requestTimeout = .seconds(4)
      }
    ) { simulation in
      _ = try await simulation.client.metadata()
      try await simulation.runtime.sleep(for: .seconds(20))
      await simulation.cluster.inject(fault, into: .metadata, times: 1)
      _ = try? await simulation.client.metadata()
      let ends = simulation.events.all.filter { $0.area == .connection && $0.text.contains("ended after") }
      #expect(ends.count == 1, "\(ends)")
      let end = try #require(ends.first?.text)
      #expect(end.contains("1 requests unanswered: ") && end.contains(reason), "\(end)")
      // The time is that of the connection, of which most passed before the fault.
      #expect(end.contains("ended after 2") && end.contains("s, "), "\(end)")
    }
  }

  @Test(
    "times are written with three digits",
    arguments: [
      (Duration.microseconds(5), "0.00ms"), (.microseconds(257), "0.25ms"), (.microseconds(9_999), "9.99ms"),
      (.milliseconds(12), "12ms"), (.milliseconds(9_999), "9999ms"), (.milliseconds(12_345), "12.34s"),
    ])
  func times(duration: Duration, text: String) { #expect(duration.measured == text) }
}
