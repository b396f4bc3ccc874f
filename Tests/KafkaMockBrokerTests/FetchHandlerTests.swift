import Buffers
import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The fetch handler")
struct FetchHandlerTests {
  private func fetch(
    _ offsets: [Int64], of topic: String = "t", version: Int16 = 11, limit: Int32 = 1 << 20,
    maxBytes: Int32 = 1 << 20, minBytes: Int32 = 1, maxWait: Int32 = 0, at broker: Int32? = nil,
    mayWait: Bool = true, session: (id: Int32, epoch: Int32) = (0, -1), forgotten: [Int32] = [],
    leaderEpoch: Int32 = -1, _ state: inout ClusterState
  ) -> Outcome<FetchResponse> {
    let request = FetchRequest(
      maxWaitMs: maxWait, minBytes: minBytes, maxBytes: maxBytes, sessionId: session.id, sessionEpoch: session.epoch,
      topics: offsets.isEmpty
        ? []
        : [
          FetchRequest.Topic(
            topic: topic, topicId: state.topics[topic]?.id ?? .zero,
            partitions: offsets.enumerated().map {
              FetchRequest.Topic.Partition(
                partition: Int32($0), currentLeaderEpoch: leaderEpoch, fetchOffset: $1, partitionMaxBytes: limit)
            })
        ],
      forgottenTopicsData: forgotten.isEmpty
        ? []
        : [
          FetchRequest.ForgottenTopic(
            topic: topic, topicId: state.topics[topic]?.id ?? .zero, partitions: forgotten)
        ])
    let leader = broker ?? state.partition(topic, 0)?.leader ?? 1
    let context = RequestContext(broker: leader, version: version, mayWait: mayWait)
    return FetchHandler.handle(request, context, in: &state)
  }

  private func partition(_ outcome: Outcome<FetchResponse>, _ index: Int = 0) throws -> FetchResponse.Topic.Partition {
    try #require(outcome.response?.responses.first?.partitions[index])
  }

  /// One topic `t` on one broker, with a batch of two records at 0 and one at 2.
  private func filled(partitions: Int = 1) throws -> ClusterState {
    var state = clusterState(brokers: 1, topics: [("t", partitions)])
    for partition in 0..<Int32(partitions) {
      _ = state.produced(try batch(["a", "b"]), to: "t", partition)
      _ = state.produced(try batch(["c"]), to: "t", partition)
    }
    return state
  }

  @Test("begins with the batch that has the offset", arguments: [(0, 0), (1, 0), (2, 2), (3, 3)] as [(Int64, Int)])
  func begins(offset: Int64, first: Int) throws {
    var state = try filled()
    let found = try partition(fetch([offset], &state))
    #expect(try records(found.records) == ["0:a", "1:b", "2:c"].dropFirst(first).map { $0 })
    #expect(found.highWatermark == 3)
    #expect(found.lastStableOffset == 3)
  }

  @Test("answers offsets outside of the log with an error", arguments: [-1, 4])
  func outOfRange(offset: Int64) throws {
    var state = try filled()
    #expect(try partition(fetch([offset], maxWait: 1000, &state)).errorCode == .offsetOutOfRange)
  }

  @Test("S11: waits where there are fewer bytes than wanted, and answers with what there is in the end")
  func waits() throws {
    var state = try filled()
    #expect(fetch([3], maxWait: 500, &state) == .wait(.milliseconds(500)))
    #expect(fetch([0], minBytes: 10_000, maxWait: 500, &state) == .wait(.milliseconds(500)))
    #expect(
      try records(partition(fetch([2], minBytes: 10_000, maxWait: 500, mayWait: false, &state)).records) == ["2:c"])
  }

  @Test("sends the first batch whole and cuts what follows at the limit")
  func firstBatchWhole() throws {
    var state = try filled(partitions: 2)
    let first = try batch(["a", "b"]).count
    let whole = fetch([0, 0], limit: 1, &state)
    #expect(try partition(whole, 0).records?.count == first)
    #expect(try partition(whole, 1).records?.count == 1)
    let cut = try partition(fetch([0], limit: Int32(first + 5), &state))
    #expect(cut.records?.count == first + 5)
    #expect(try records(cut.records) == ["0:a", "1:b"])
  }

  @Test("shares the limit of the whole answer between partitions in their order")
  func totalLimit() throws {
    var state = try filled(partitions: 2)
    let all = try #require(state.partition("t", 0)?.log.byteCount)
    let outcome = fetch([0, 0], maxBytes: Int32(all), &state)
    #expect(try partition(outcome, 0).records?.count == all)
    #expect(try partition(outcome, 1).records?.isEmpty == true)
  }

  @Test("cuts even the first batch in versions before 3")
  func oldCut() throws {
    var state = clusterState(brokers: 1, topics: [("t", 1)])
    _ = state.produced(try batch(["0123456789"], format: .v1), to: "t", version: 2)
    #expect(try partition(fetch([0], version: 2, limit: 20, &state)).records?.count == 20)
  }

  @Test(
    "converts batches for those who know only older formats",
    arguments: [(0, RecordFormat.v0), (2, .v1), (3, .v1)] as [(Int16, RecordFormat)])
  func conversion(version: Int16, format: RecordFormat) throws {
    var state = clusterState(brokers: 1, topics: [("t", 1)])
    _ = state.produced(try batch(["a", "b"], codec: .gzip), to: "t")
    _ = state.produced(try batch(["c"]), to: "t")
    let set = try #require(partition(fetch([0], version: version, &state)).records)
    #expect(try records(set) == ["0:a", "1:b", "2:c"])
    var reader = RecordSetReader(set)
    #expect(try reader.next()?.format == format)
  }

  @Test("has no zstd for those who do not know it")
  func zstd() throws {
    var state = clusterState(brokers: 1, topics: [("t", 1)])
    _ = state.produced(try batch(Array(repeating: "aaaaaaaa", count: 50), codec: .zstd), to: "t")
    #expect(try partition(fetch([0], version: 9, &state)).errorCode == .unsupportedCompressionType)
    #expect(try partition(fetch([0], version: 10, &state)).errorCode == ErrorCode.none)
  }

  @Test("finds topics by id from version 13 on")
  func topicIDs() throws {
    var state = try filled()
    #expect(try records(partition(fetch([2], version: 13, &state)).records) == ["2:c"])
    #expect(try partition(fetch([2], of: "missing", version: 13, &state)).errorCode == .unknownTopicId)
  }

  private func partitions(_ outcome: Outcome<FetchResponse>) throws -> [Int32] {
    try #require(outcome.response).responses.flatMap { $0.partitions.map(\.partitionIndex) }
  }

  @Test("remembers what is asked for in a session, and tells what is new", arguments: [7, 11, 17] as [Int16])
  func session(version: Int16) throws {
    var state = try filled(partitions: 3)
    #expect(fetch([3, 3, 3], version: version, &state).response?.sessionId == 0)
    let first = fetch([3, 3, 0], version: version, session: (0, 0), &state)
    let id = try #require(first.response?.sessionId)
    #expect(id > 0)
    #expect(try partitions(first) == [0, 1, 2])
    // The last one is asked for from its old place until the client says otherwise.
    #expect(try partitions(fetch([], version: version, session: (id, 1), &state)) == [2])
    #expect(try partitions(fetch([3, 3, 3], version: version, session: (id, 2), &state)) == [])
    _ = state.produced(try batch(["d"]), to: "t", 1)
    let news = fetch([], version: version, session: (id, 3), &state)
    #expect(try partitions(news) == [1])
    #expect(try records(partition(news).records) == ["3:d"])
    #expect(try partitions(fetch([], version: version, session: (id, 4), forgotten: [1], &state)) == [])
  }

  @Test("a request that waits is one step of its session")
  func waitingSession() throws {
    var state = try filled()
    let id = try #require(fetch([3], session: (0, 0), &state).response?.sessionId)
    #expect(fetch([], maxWait: 500, session: (id, 1), &state).response == nil)
    _ = state.produced(try batch(["d"]), to: "t", 0)
    #expect(try partitions(fetch([], maxWait: 500, session: (id, 1), &state)) == [0])
    #expect(fetch([4], maxWait: 500, session: (id, 2), &state).response == nil)
  }

  @Test("refuses a session that it does not have, and a step that is not the next")
  func wrongSession() throws {
    var state = try filled()
    #expect(fetch([0], session: (5, 1), &state).response?.errorCode == .fetchSessionIdNotFound)
    let id = try #require(fetch([0], session: (0, 0), &state).response?.sessionId)
    #expect(fetch([0], session: (id, 2), &state).response?.errorCode == .invalidFetchSessionEpoch)
    #expect(fetch([0], session: (id, 1), &state).response?.errorCode == ErrorCode.none)
    // One that begins another ends it.
    #expect(fetch([0], session: (id, 0), &state).response?.sessionId != id)
    #expect(fetch([0], session: (id, 2), &state).response?.errorCode == .fetchSessionIdNotFound)
  }

  @Test(
    "compares the leader's epoch",
    arguments: [(0, ErrorCode.fencedLeaderEpoch), (1, .none), (2, .unknownLeaderEpoch)] as [(Int32, ErrorCode)])
  func leaderEpoch(epoch: Int32, expected: ErrorCode) throws {
    var state = clusterState(brokers: 2, topics: [("t", 1)])
    state.moveLeader(of: PartitionName("t"), to: 2)
    #expect(try partition(fetch([0], leaderEpoch: epoch, &state)).errorCode == expected)
  }

  @Test("says who leads to those who ask another broker, from version 16 on")
  func hint() throws {
    var state = clusterState(brokers: 2, topics: [("t", 1)])
    state.moveLeader(of: PartitionName("t"), to: 2)
    let response = try #require(fetch([0], version: 16, at: 1, &state).response)
    #expect(response.responses[0].partitions[0].errorCode == .notLeaderOrFollower)
    #expect(response.responses[0].partitions[0].currentLeader.leaderId == 2)
    #expect(response.nodeEndpoints.map(\.nodeId) == [2])
  }

  @Test("encodes in every version what it answers", arguments: FetchHandler.versions)
  func encodes(version: Int16) throws {
    var state = try filled()
    state.moveLeader(of: PartitionName("t"), to: 1)
    for broker in [Int32(1), 3] {
      let response = try #require(fetch([0], version: version, at: broker, &state).response)
      #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
    }
  }
}
