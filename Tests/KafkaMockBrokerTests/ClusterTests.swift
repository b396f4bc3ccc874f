import Buffers
import KafkaProtocol
import Testing
import Transport

@testable import KafkaMockBroker

@Suite("A mock cluster in a simulated network")
struct ClusterTests {
  private static let metadata = MetadataRequest(topics: nil)

  @Test("answers a waiting fetch as soon as something is produced", arguments: [1, 2, 3] as [UInt64])
  func longPoll(seed: UInt64) throws {
    let elapsed = try withSimulatedCluster(seed: seed) { cluster, runtime in
      let consumer = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let producer = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let start = runtime.loop.now
      try consumer.send(TestClient.fetchRequest("t", offset: 0, maxWait: 60_000), version: 11)
      try await runtime.sleep(for: .seconds(5))
      #expect(consumer.eventCount == 0)
      _ = try await producer.produce(["a", "b"], to: "t")
      guard case .frame(let frame) = await consumer.next() else { throw TestClient.Unexpected.correlationID }
      let response = try ResponseFrame.decode(FetchResponse.self, from: frame, version: 11)
      #expect(try records(response.responses[0].partitions[0].records) == ["0:a", "1:b"])
      return runtime.loop.now - start
    }
    #expect(elapsed < .seconds(6))
  }

  @Test("answers a waiting fetch with nothing when its time is over")
  func longPollEnds() throws {
    let elapsed = try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let start = runtime.loop.now
      let response = try await client.ask(TestClient.fetchRequest("t", offset: 0, maxWait: 500), version: 11)
      #expect(response.responses[0].partitions[0].records?.isEmpty == true)
      return runtime.loop.now - start
    }
    #expect((Duration.milliseconds(500)...(.seconds(1))).contains(elapsed))
  }

  @Test("tells a waiting fetch that the leader has moved")
  func longPollMoves() throws {
    try withSimulatedCluster(brokers: 2) { cluster, runtime in
      let leader = try #require(await cluster.leader(of: "t", partition: 0))
      let client = try await TestClient.connect(to: cluster.brokers[Int(leader) - 1], on: runtime)
      try client.send(TestClient.fetchRequest("t", offset: 0, maxWait: 60_000), version: 11)
      try await runtime.sleep(for: .seconds(1))
      try await cluster.moveLeader(of: "t")
      guard case .frame(let frame) = await client.next() else { throw TestClient.Unexpected.correlationID }
      let response = try ResponseFrame.decode(FetchResponse.self, from: frame, version: 11)
      #expect(response.responses[0].partitions[0].errorCode == .notLeaderOrFollower)
    }
  }

  @Test("answers pipelined requests in their order, and none that wants no answer")
  func order() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let first = try client.send(TestClient.fetchRequest("t", offset: 0, maxWait: 100), version: 11)
      try client.send(TestClient.produceRequest(["a"], to: "t", acks: 0), version: 9)
      let last = try client.send(Self.metadata, version: 9)
      for number in [first, last] {
        guard case .frame(let frame) = await client.next() else { throw TestClient.Unexpected.correlationID }
        #expect(try ResponseFrame.correlationID(of: frame) == number)
      }
      #expect(await cluster.offsets(of: "t", partition: 0) == 0..<1)
    }
  }

  @Test("tells an unknown version of ApiVersions what it speaks, and closes for others")
  func unknownVersion() throws {
    try withSimulatedCluster(release: .v1_1) { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      let response = try await client.ask(
        ApiVersionsRequest(clientSoftwareName: "test", clientSoftwareVersion: "1"), version: 3)
      #expect(response.errorCode == .unsupportedVersion)
      #expect(response.apiKeys.map(\.maxVersion) == [1])
      #expect(try await client.ask(ApiVersionsRequest(), version: 1).apiKeys.count == 12)
      try client.send(Self.metadata, version: 6)
      #expect(await client.next().isClosed)
    }
  }

  @Test("closes the connection when asked for versions where the release knows no such question")
  func oldRelease() throws {
    try withSimulatedCluster(release: .v0_9_0) { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      try client.send(ApiVersionsRequest(), version: 0)
      #expect(await client.next() == .closed(.closedByPeer(withinFrame: false)))
      let other = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      #expect(try await other.ask(MetadataRequest(topics: []), version: 0).topics.map(\.name) == ["t"])
    }
  }

  @Test(
    "survives what is no request",
    arguments: [
      [0, 0, 0, 0], [0, 0, 0, 2, 0, 3], [0, 0, 0, 10, 0x7F, 0xFF, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF],
      [0, 0, 0, 14, 0, 3, 0, 1, 0, 0, 0, 1, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF],
    ])
  func hostileBytes(bytes: [UInt8]) throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      client.send(bytes)
      #expect(await client.next().isClosed)
      let other = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      #expect(try await other.ask(Self.metadata, version: 9).topics.count == 1)
    }
  }

  @Test("takes a broker down and brings it back on the same port")
  func downAndUp() throws {
    try withSimulatedCluster(brokers: 2) { cluster, runtime in
      let leader = try #require(await cluster.leader(of: "t", partition: 0))
      let down = cluster.brokers[Int(leader) - 1]
      let client = try await TestClient.connect(to: down, on: runtime)
      _ = try await client.produce(["a"], to: "t")
      try await cluster.takeDown(broker: leader)
      #expect(await client.next().isClosed)
      await #expect(throws: TransportError.self) { try await TestClient.connect(to: down, on: runtime) }
      let rest = try #require(cluster.brokers.first { $0.id != leader })
      let other = try await TestClient.connect(to: rest, on: runtime)
      let view = try await other.ask(Self.metadata, version: 9)
      #expect(view.brokers.map(\.nodeId) == [rest.id])
      #expect(view.topics[0].partitions.map(\.leaderId) == [rest.id])
      #expect(try await other.produce(["b"], to: "t").baseOffset == 1)
      try await cluster.bringUp(broker: leader)
      let again = try await TestClient.connect(to: down, on: runtime)
      #expect(try await again.ask(Self.metadata, version: 9).brokers.count == 2)
    }
  }

  @Test("still names a broker whose end nobody has noticed")
  func downUnnoticed() throws {
    try withSimulatedCluster(brokers: 2) { cluster, runtime in
      let leader = try #require(await cluster.leader(of: "t", partition: 0))
      try await cluster.takeDown(broker: leader, isNoticed: false)
      let rest = try #require(cluster.brokers.first { $0.id != leader })
      let client = try await TestClient.connect(to: rest, on: runtime)
      let view = try await client.ask(Self.metadata, version: 9)
      #expect(view.brokers.count == 2)
      #expect(view.topics[0].partitions.map(\.leaderId) == [leader])
    }
  }

  @Test("holds what is due while a broker is paused")
  func pause() throws {
    try withSimulatedCluster(brokers: 1) { cluster, runtime in
      let fetcher = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      try fetcher.send(TestClient.fetchRequest("t", offset: 0, maxWait: 1000), version: 11)
      let delayed = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.delay(.seconds(1)), into: .metadata, times: 1)
      try delayed.send(Self.metadata, version: 9)
      try await runtime.sleep(for: .milliseconds(500))
      try await cluster.pause(broker: 1)
      let late = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      try late.send(Self.metadata, version: 9)
      try await runtime.sleep(for: .seconds(100))
      let all = [fetcher, delayed, late]
      #expect(all.map(\.eventCount) == [0, 0, 0])
      try await cluster.resume(broker: 1)
      for client in all {
        let event = await client.next()
        #expect(!event.isClosed)
      }
    }
  }

  @Test("counts all requests and keeps the last")
  func requestLog() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      for _ in 0..<3 { _ = try await client.ask(Self.metadata, version: 9) }
      _ = try await client.produce(["a"], to: "t")
      #expect(await cluster.requestCount(of: .metadata) == 3)
      #expect(await cluster.requests().map(\.api) == [.metadata, .metadata, .metadata, .produce])
      #expect(await cluster.requests(of: .produce).map(\.topics) == [["t"]])
      await cluster.forgetRequests()
      #expect(await cluster.requestCount(of: .metadata) == 0)
    }
    var log = RequestLog(capacity: 2)
    let header = try RequestFrame.header(of: Bytes(copying: [0, 3, 0, 1, 0, 0, 0, 9, 0xFF, 0xFF]))
    for connection in 0..<9 { log.add(MockRequest(header, broker: 1, connection: connection, names: [])) }
    #expect(log.count(of: .metadata) == 9)
    #expect(log.requests(of: nil).map(\.connection) == [7, 8])
  }

  @Test("refuses impossible configurations", arguments: [(0, 9092), (2, 65535), (1001, 1)] as [(Int, UInt16)])
  func configurations(brokers: Int, port: UInt16) throws {
    let simulation = SimulatedRuntime(seed: 1)
    var configuration = MockClusterConfiguration(brokers: brokers)
    configuration.firstPort = port
    let (wanted, runtime) = (configuration, simulation.runtime)
    #expect(throws: MockClusterError.self) {
      try simulation.run { try await withMockCluster(wanted, on: runtime) { _ in } }
    }
  }

  @Test("says why it cannot listen, and leaves nothing open")
  func portInUse() throws {
    try withSimulatedCluster(brokers: 1) { cluster, runtime in
      var configuration = MockClusterConfiguration(brokers: 2)
      configuration.brokerHost = { $0 == 1 ? "other" : "broker-1" }
      configuration.firstPort = 9091
      await #expect(throws: MockClusterError.self) { try await MockCluster.start(configuration, on: runtime) }
      await #expect(throws: TransportError.self) {
        try await runtime.network.connect(
          to: "other", port: 9091, family: .any, deadline: runtime.loop.now + .seconds(1))
      }
    }
  }
}
