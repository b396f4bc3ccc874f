import Buffers
import KafkaProtocol
import Synchronization
import Testing
import Transport

@testable import KafkaMockBroker

@Suite("A fault on a connection")
struct FaultTests {
  private static let metadata = MetadataRequest(topics: nil)

  @Test("answers an error as often as it should and then the truth")
  func error() throws {
    let codes = try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.error(.notLeaderOrFollower), into: .produce, times: 2)
      var codes: [ErrorCode] = []
      for _ in 0..<3 { codes.append(try await client.produce(["a"], to: "t").errorCode) }
      #expect(await cluster.offsets(of: "t", partition: 0) == 0..<1)
      return codes
    }
    #expect(codes == [.notLeaderOrFollower, .notLeaderOrFollower, .none])
  }

  @Test("delays an answer, and those behind it")
  func delay() throws {
    let elapsed = try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.delay(.seconds(10)), into: .metadata, times: 1)
      let start = runtime.loop.now
      let numbers = [try client.send(Self.metadata, version: 9), try client.send(Self.metadata, version: 9)]
      for number in numbers {
        guard case .frame(let frame) = await client.next() else { throw TestClient.Unexpected.correlationID }
        #expect(try ResponseFrame.correlationID(of: frame) == number)
      }
      return runtime.loop.now - start
    }
    #expect((Duration.seconds(10)...(.seconds(11))).contains(elapsed))
  }

  @Test("closes before anything is done, or after", arguments: [false, true])
  func close(isDone: Bool) throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(isDone ? .closeAfter(bytes: 0) : .close, into: .produce, times: 1)
      try client.send(TestClient.produceRequest(["a"], to: "t"), version: 9)
      #expect(await client.next() == .closed(.closedByPeer(withinFrame: false)))
      #expect(await cluster.offsets(of: "t", partition: 0) == (isDone ? 0..<1 : 0..<0))
    }
  }

  @Test("cuts the answer within the frame", arguments: [1, 4, 7, 30])
  func closeAfterBytes(count: Int) throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.closeAfter(bytes: count), into: .metadata)
      try client.send(Self.metadata, version: 9)
      #expect(await client.next() == .closed(.closedByPeer(withinFrame: true)))
    }
  }

  @Test("answers a body of garbage in a right frame")
  func garbage() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.garbage(count: 40), into: .metadata)
      let number = try client.send(Self.metadata, version: 9)
      guard case .frame(let frame) = await client.next() else { throw TestClient.Unexpected.correlationID }
      #expect(frame.count == 44)
      #expect(try ResponseFrame.correlationID(of: frame) == number)
    }
  }

  @Test("sends bytes that are no frame")
  func rawBytes() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.rawBytes(Array("HTTP/1.1 400 Bad Request".utf8)), into: .apiVersions)
      try client.send(ApiVersionsRequest(), version: 0)
      let event = await client.next()
      #expect(event == .closed(.frameLength(0x4854_5450, limit: 100 << 20, head: Array("HTTP".utf8))))
    }
  }

  @Test("answers as if to another request")
  func correlationID() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.wrongCorrelationID, into: .metadata, times: 1)
      await #expect(throws: TestClient.Unexpected.correlationID) {
        try await client.ask(Self.metadata, version: 9)
      }
      #expect(try await client.ask(Self.metadata, version: 9).topics.count == 1)
    }
  }

  @Test("never answers, while other connections go on")
  func noAnswer() throws {
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.noAnswer, into: .metadata, times: 1)
      try client.send(Self.metadata, version: 9)
      try client.send(Self.metadata, version: 9)
      let other = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      #expect(try await other.ask(Self.metadata, version: 9).topics.count == 1)
      try await runtime.sleep(for: .seconds(600))
      #expect(client.eventCount == 0)
    }
  }

  @Test("moves the leader before the request is served")
  func moveLeader() throws {
    try withSimulatedCluster(brokers: 3) { cluster, runtime in
      let leader = try #require(await cluster.leader(of: "t", partition: 0))
      let client = try await TestClient.connect(to: cluster.brokers[Int(leader) - 1], on: runtime)
      await cluster.inject(.moveLeader(to: nil), into: .produce, times: 1)
      #expect(try await client.produce(["a"], to: "t").errorCode == .notLeaderOrFollower)
      let next = try #require(await cluster.leader(of: "t", partition: 0))
      #expect(next != leader)
      let other = try await TestClient.connect(to: cluster.brokers[Int(next) - 1], on: runtime)
      #expect(try await other.produce(["a"], to: "t").errorCode == .none)
    }
  }

  @Test("shows a request to an observer")
  func observe() throws {
    let seen = Mutex<[MockRequest]>([])
    try withSimulatedCluster { cluster, runtime in
      let client = try await TestClient.connect(to: cluster.brokers[0], on: runtime)
      await cluster.inject(.observe { request in seen.withLock { $0.append(request) } }, into: .produce)
      _ = try await client.produce(["a"], to: "t")
      _ = try await client.ask(Self.metadata, version: 9)
    }
    let requests = seen.withLock { $0 }
    #expect(requests.map(\.api) == [.produce])
    #expect(requests.map(\.topics) == [["t"]])
    #expect(requests.map(\.clientID) == ["test"])
    #expect(try requests[0].decode(as: ProduceRequest.self).topicData.count == 1)
  }
}
