import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The metadata handler")
struct MetadataHandlerTests {
  private func ask(
    _ topics: [MetadataRequest.Topic]?, version: Int16 = 9, creates: Bool = false, injected: InjectedError? = nil,
    _ state: inout ClusterState
  ) throws -> MetadataResponse {
    let request = MetadataRequest(topics: topics, allowAutoTopicCreation: creates)
    let context = RequestContext(broker: 1, version: version, injected: injected)
    let response = try #require(MetadataHandler.handle(request, context, in: &state).response)
    #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
    return response
  }

  @Test(
    "names all topics for what each version has for that",
    arguments: [
      (0, true, true), (0, false, true), (1, true, false), (1, false, true), (12, true, false), (12, false, true),
    ])
  func all(version: Int16, isEmpty: Bool, expectsAll: Bool) throws {
    var state = clusterState(topics: [("b", 1), ("a", 2)])
    let response = try ask(isEmpty ? [] : nil, version: version, &state)
    #expect(response.topics.map(\.name) == (expectsAll ? ["a", "b"] : []))
    #expect(response.brokers.map(\.host) == ["broker-1", "broker-2", "broker-3"])
  }

  @Test("spreads leaders over the brokers")
  func leaders() throws {
    var state = clusterState(topics: [("t", 4)], replicationFactor: 2)
    let partitions = try ask(nil, &state).topics[0].partitions
    #expect(partitions.map(\.leaderId) == [1, 2, 3, 1])
    #expect(partitions.map(\.replicaNodes) == [[1, 2], [2, 3], [3, 1], [1, 2]])
  }

  @Test("S27: creates a topic where cluster and client agree, and has it the next time")
  func creation() throws {
    var state = clusterState()
    let name = [MetadataRequest.Topic(name: "new")]
    #expect(try ask(name, creates: false, &state).topics[0].errorCode == .unknownTopicOrPartition)
    #expect(state.topics.isEmpty)
    #expect(try ask(name, creates: true, &state).topics[0].errorCode == .unknownTopicOrPartition)
    #expect(try ask(name, creates: true, &state).topics[0].partitions.count == 1)
    state = clusterState(settings: ClusterSettings(createsTopics: false))
    #expect(try ask(name, creates: true, &state).topics[0].errorCode == .unknownTopicOrPartition)
    #expect(state.topics.isEmpty)
  }

  @Test("creates topics for all who cannot say that they want none")
  func oldCreation() throws {
    var state = clusterState()
    state.versions = SpokenVersions(.v0_10_2)
    #expect(
      try ask([MetadataRequest.Topic(name: "new")], version: 2, &state).topics[0].errorCode == .leaderNotAvailable)
    #expect(state.topics["new"] != nil)
  }

  @Test(
    "refuses names that no topic can have", arguments: ["", ".", "..", "a b", "ä", String(repeating: "a", count: 250)])
  func names(name: String) throws {
    var state = clusterState()
    #expect(
      try ask([MetadataRequest.Topic(name: name)], creates: true, &state).topics[0].errorCode == .invalidTopicException)
  }

  @Test("finds topics by id")
  func topicIDs() throws {
    var state = clusterState(topics: [("t", 1)])
    let id = try #require(state.topics["t"]?.id)
    let asked = [id, UUID128(high: 1, low: 1)].map { MetadataRequest.Topic(topicId: $0, name: nil) }
    let found = try ask(asked, version: 12, &state).topics
    #expect(found.map(\.name) == ["t", nil])
    #expect(found.map(\.errorCode) == [.none, .unknownTopicId])
  }

  @Test("moves leaders off a broker that is down, and says where there is none")
  func brokerDown() throws {
    var state = clusterState(brokers: 2, topics: [("single", 2)])
    #expect(state.createTopic("double", partitions: 1, replicationFactor: 2) == nil)
    let leader = try #require(state.partition("double", 0)?.leader)
    state.setListed(false, broker: leader)
    let response = try ask(nil, &state)
    #expect(response.brokers.map(\.nodeId) == [3 - leader])
    #expect(response.topics[0].partitions[0].leaderId == 3 - leader)
    #expect(response.topics[0].partitions[0].leaderEpoch == 1)
    #expect(response.topics[0].partitions[0].offlineReplicas == [leader])
    let lost = try #require(response.topics[1].partitions.first { $0.leaderId == -1 })
    #expect(lost.errorCode == .leaderNotAvailable)
    state.setListed(true, broker: leader)
    #expect(try ask(nil, &state).topics[1].partitions.allSatisfy { $0.leaderId > 0 })
  }

  @Test("has injected errors for a topic or the whole")
  func injected() throws {
    var state = clusterState(topics: [("a", 1), ("b", 1)])
    let one = InjectedError(code: .leaderNotAvailable, topic: "a")
    #expect(try ask(nil, injected: one, &state).topics.map(\.errorCode) == [.leaderNotAvailable, .none])
    let whole = InjectedError(code: .unknownServerError, timing: .topLevel)
    #expect(try ask(nil, version: 13, injected: whole, &state).errorCode == .unknownServerError)
  }
}
