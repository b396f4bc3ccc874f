import KafkaMockBroker
import KafkaProtocol
import Testing

@Suite("A mock cluster in a program's own tests")
struct EmbeddingTests {
  @Test("gives back the records that were appended, byte for byte")
  func records() async throws {
    try await withMockCluster(topics: ["t": 2]) { cluster in
      var sent = [
        MockRecord(key: "k", value: "v", timestamp: 1_700_000_000_000),
        MockRecord(key: nil, value: nil),
        MockRecord(key: [], value: [0, 255], headers: [.init(name: "a", value: [1]), .init(name: "a", value: nil)]),
      ]
      let first = try await cluster.append(sent, to: "t", partition: 1)
      let last = try await cluster.append([MockRecord(value: "last")], to: "t", partition: 1)
      #expect([first, last] == [0, 3])
      for index in sent.indices { sent[index].offset = Int64(index) }
      #expect(try await cluster.records(of: "t", partition: 1).prefix(3) == sent[...])
      await cluster.deleteRecords(of: "t", partition: 1, before: 2)
      #expect(try await cluster.records(of: "t", partition: 1).map(\.offset) == [2, 3])
      #expect(await cluster.offsets(of: "t", partition: 1) == 2..<4)
    }
  }

  @Test("says what there is not")
  func missing() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await #expect(throws: MockClusterError.self) { try await cluster.append([], to: "t") }
      await #expect(throws: MockClusterError.self) {
        try await cluster.append([MockRecord(value: "a")], to: "t", partition: 1)
      }
      await #expect(throws: MockClusterError.self) { try await cluster.takeDown(broker: 2) }
      await #expect(throws: MockClusterError.self) { try await cluster.moveLeader(of: "missing") }
      await #expect(throws: MockClusterError.self) { try await cluster.createTopic("t") }
      #expect(await cluster.offsets(of: "t", partition: 1) == nil)
    }
  }

  @Test("names a host of its own choice in metadata")
  func advertisedHost() throws {
    try withSimulatedCluster(advertisedHost: "elsewhere") { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let answer = try await client.ask(MetadataRequest(topics: nil), version: 9)
      #expect(answer.brokers.map(\.host) == ["elsewhere"])
      #expect(cluster.bootstrap == ["broker-1:9092"])
    }
  }
}
