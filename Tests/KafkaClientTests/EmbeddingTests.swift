import KafkaClient
import KafkaMockBroker
import Testing

/// What a program that embeds the client calls, over real sockets.
@Suite("The client in a program", .timeLimit(.minutes(1)))
struct EmbeddingTests {
  @Test("what is produced inside of a client is read, headers and all")
  func roundTrip() async throws {
    let headers = [KafkaHeader("trace", [1, 2]), KafkaHeader("", nil), KafkaHeader("trace", [])]
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let broker = BrokerAddress(host: cluster.brokers[0].host, port: cluster.brokers[0].port)
      let read = try await withKafkaClient(KafkaClientConfiguration(bootstrap: [broker])) {
        client throws(KafkaError) in
        let report = try await client.withProducer { producer throws(KafkaError) in
          try await producer.append(value: [7].span.bytes, headers: headers, to: "t")
          return await producer.flush()
        }
        #expect(report.acknowledged == 1)
        var configuration = ConsumerConfiguration()
        configuration.stopsAtEnd = true
        var read: [KafkaHeader] = []
        for try await batch in client.records(of: "t", configuration) {
          try batch.forEach { record throws(KafkaError) in
            record.forEachHeader { name, value in
              var header = KafkaHeader(String(decoding: name.bytes, as: UTF8.self), nil)
              if let value { header.value = value.bytes }
              read.append(header)
            }
          }
        }
        return read
      }
      #expect(read == headers)
    }
  }

  @Test("a client is closed when its body throws")
  func failure() async throws {
    try await withMockCluster { cluster in
      let broker = BrokerAddress(host: cluster.brokers[0].host, port: cluster.brokers[0].port)
      let error = await #expect(throws: KafkaError.self) {
        try await withKafkaClient(KafkaClientConfiguration(bootstrap: [broker])) { client throws(KafkaError) in
          _ = try await client.metadata()
          throw KafkaError(.recordTooLarge, "of the program's own")
        }
      }
      #expect(error?.code == .recordTooLarge)
    }
  }

  @Test("headers count for the size of a record, of which one above the protocol's is refused")
  func hugeHeaders() throws {
    let headers = [KafkaHeader](repeating: KafkaHeader("h", [UInt8](repeating: 0, count: 1 << 20)), count: 1025)
    try simulate { simulation in
      await #expect(throws: KafkaError.self) {
        try await simulation.client.withProducer { producer throws(KafkaError) in
          try await producer.append(value: nil, headers: headers, to: "t")
        }
      }
      #expect(await simulation.cluster.requestCount(of: .produce) == 0)
    }
  }
}
