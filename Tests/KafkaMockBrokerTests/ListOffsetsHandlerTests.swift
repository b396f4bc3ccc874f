import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The list offsets handler")
struct ListOffsetsHandlerTests {
  /// A log with the times 1000, 1001 at offsets 0 and 1, and 500 at offset 2, appended at 5000.
  private func filled() throws -> ClusterState {
    var state = clusterState(brokers: 2, topics: [("t", 1)])
    _ = state.produced(try batch(["a", "b"], firstTimestamp: 1000), to: "t")
    _ = state.produced(try batch(["c"], firstTimestamp: 500), to: "t")
    return state
  }

  private func look(
    _ timestamp: Int64, version: Int16 = 7, topic: String = "t", maxOffsets: Int32 = 10, at broker: Int32? = nil,
    _ state: inout ClusterState
  ) throws -> ListOffsetsResponse.Topic.Partition {
    let request = ListOffsetsRequest(
      replicaId: -1,
      topics: [
        ListOffsetsRequest.Topic(
          name: topic,
          partitions: [
            ListOffsetsRequest.Topic.Partition(
              partitionIndex: 0, timestamp: timestamp, maxNumOffsets: version == 0 ? maxOffsets : 1)
          ])
      ])
    let context = RequestContext(
      broker: broker ?? state.partition("t", 0)?.leader ?? 1, version: version, now: 6000)
    let response = try #require(ListOffsetsHandler.handle(request, context, in: &state).response)
    #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
    return try #require(response.topics.first?.partitions.first)
  }

  @Test(
    "finds the first, the last, and by time",
    arguments: [
      (-2, 0, -1), (-1, 3, -1), (0, 0, 1000), (1000, 0, 1000), (1001, 1, 1001), (1002, -1, -1), (-3, 1, 1001),
    ])
  func offsets(timestamp: Int64, offset: Int64, found: Int64) throws {
    var state = try filled()
    let answer = try look(timestamp, &state)
    #expect(answer.offset == offset)
    #expect(answer.timestamp == found)
  }

  @Test("leaves out deleted records")
  func deleted() throws {
    var state = try filled()
    _ = state.withPartition("t", 0) { $0.log.deleteRecords(before: 1) }
    #expect(try look(-2, &state).offset == 1)
    #expect(try look(0, &state).offset == 1)
  }

  @Test(
    "lists segments in version 0",
    arguments: [(-1, 10, [3, 0]), (-1, 1, [3]), (-2, 10, [0]), (4999, 10, []), (5000, 10, [0]), (6000, 10, [3, 0])])
  func segments(timestamp: Int64, most: Int32, expected: [Int64]) throws {
    var state = try filled()
    #expect(try look(timestamp, version: 0, maxOffsets: most, &state).oldStyleOffsets == expected)
  }

  @Test("answers for its own partitions only", arguments: ListOffsetsHandler.versions)
  func refusals(version: Int16) throws {
    var state = try filled()
    let leader = try #require(state.partition("t", 0)?.leader)
    #expect(try look(-1, version: version, at: 3 - leader, &state).errorCode == .notLeaderOrFollower)
    #expect(try look(-1, version: version, topic: "missing", &state).errorCode == .unknownTopicOrPartition)
  }
}
