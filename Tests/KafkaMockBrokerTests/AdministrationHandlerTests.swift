import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The handlers of versions, topics, producers and coordinators")
struct AdministrationHandlerTests {
  private func versions(
    _ release: KafkaRelease, version: Int16 = 0, name: String = "", _ state: inout ClusterState
  ) throws -> ApiVersionsResponse {
    state.versions = SpokenVersions(release)
    let request = ApiVersionsRequest(clientSoftwareName: name, clientSoftwareVersion: "1.0")
    let context = RequestContext(broker: 1, version: version)
    return try #require(ApiVersionsHandler.handle(request, context, in: &state).response)
  }

  @Test("ApiVersions names the handlers' versions, cut to those of the release")
  func apiVersions() throws {
    var state = clusterState()
    let latest = try versions(.latest, &state).apiKeys
    #expect(latest.map(\.apiKey) == [0, 1, 2, 3, 8, 9, 10, 15, 16, 18, 19, 22, 47, 69])
    #expect(latest.first { $0.apiKey == 1 }?.maxVersion == 18)
    let old = try versions(.v1_1, &state).apiKeys
    #expect(old.first { $0.apiKey == 1 }?.maxVersion == 7)
    let new = try versions(.v4_3, &state).apiKeys
    #expect(new.first { $0.apiKey == 1 }?.minVersion == 4)
    #expect(new.first { $0.apiKey == 0 }?.minVersion == 0)
  }

  @Test(
    "ApiVersions refuses the names that a client cannot have",
    arguments: [("kavka", ErrorCode.none), ("a b", .invalidRequest), ("", .invalidRequest)])
  func softwareNames(name: String, expected: ErrorCode) throws {
    var state = clusterState()
    #expect(try versions(.latest, version: 3, name: name, &state).errorCode == expected)
  }

  @Test("versions can be changed one API at a time")
  func overrides() {
    var spoken = SpokenVersions(.v4_3)
    #expect(!spoken.accepts(.produce, version: 2, handled: 0...13))
    #expect(spoken.accepts(.produce, version: 3, handled: 0...13))
    spoken.override(.produce, 0...2)
    #expect(spoken.accepts(.produce, version: 2, handled: 0...13))
    #expect(!spoken.accepts(.produce, version: 3, handled: 0...13))
    spoken.override(.produce, nil)
    #expect(spoken.offered(.produce, handled: 0...13) == nil)
    spoken.override(.produce, 14...20)
    #expect(spoken.offered(.produce, handled: 0...13) == nil)
    #expect(SpokenVersions(.v0_9_0).offered(.apiVersions, handled: 0...5) == nil)
  }

  private func create(
    _ topics: [CreateTopicsRequest.Topic], checksOnly: Bool = false, _ state: inout ClusterState
  ) throws -> [CreateTopicsResponse.Topic] {
    let request = CreateTopicsRequest(topics: topics, timeoutMs: 1000, validateOnly: checksOnly)
    let context = RequestContext(broker: 1, version: 7)
    let response = try #require(CreateTopicsHandler.handle(request, context, in: &state).response)
    #expect(throws: Never.self) { try ResponseFrame.encode(response, version: 7, correlationID: 1) }
    return response.topics
  }

  @Test("CreateTopics creates with numbers, defaults and assignments")
  func creates() throws {
    var state = clusterState(settings: ClusterSettings(defaultPartitions: 4, defaultReplicationFactor: 2))
    let answers = try create(
      [
        CreateTopicsRequest.Topic(name: "a", numPartitions: 2, replicationFactor: 3),
        CreateTopicsRequest.Topic(name: "b", numPartitions: -1, replicationFactor: -1),
        CreateTopicsRequest.Topic(
          name: "c", numPartitions: -1, replicationFactor: -1,
          assignments: [CreateTopicsRequest.Topic.Assignment(partitionIndex: 0, brokerIds: [3, 1])]),
      ], &state)
    #expect(answers.map(\.errorCode) == [.none, .none, .none])
    #expect(answers.map(\.numPartitions) == [2, 4, 1])
    #expect(answers.map(\.replicationFactor) == [3, 2, 2])
    #expect(answers.map(\.topicId) == ["a", "b", "c"].map { state.topics[$0]?.id })
    #expect(state.partition("c", 0)?.leader == 3)
  }

  @Test(
    "CreateTopics says what is wrong",
    arguments: [
      ("t", 1, 1, ErrorCode.topicAlreadyExists), ("a b", 1, 1, .invalidTopicException), ("a", 0, 1, .invalidPartitions),
      ("a", 1, 4, .invalidReplicationFactor), ("a", 1, 0, .invalidReplicationFactor),
      ("a", .max, 1, .invalidPartitions),
    ])
  func refuses(name: String, partitions: Int32, copies: Int16, expected: ErrorCode) throws {
    var state = clusterState(topics: [("t", 1)])
    let topic = CreateTopicsRequest.Topic(name: name, numPartitions: partitions, replicationFactor: copies)
    #expect(try create([topic], &state).map(\.errorCode) == [expected])
    #expect(state.topics.count == 1)
  }

  @Test("CreateTopics creates nothing when it is only to check, nor of a topic named twice")
  func checksOnly() throws {
    var state = clusterState()
    let topic = CreateTopicsRequest.Topic(name: "a", numPartitions: 1, replicationFactor: 1)
    #expect(try create([topic], checksOnly: true, &state).map(\.errorCode) == [.none])
    #expect(try create([topic, topic], &state).map(\.errorCode) == [.invalidRequest, .invalidRequest])
    #expect(state.topics.isEmpty)
  }

  @Test("CreateTopics takes over the settings that matter here")
  func configures() throws {
    var state = clusterState()
    func topic(_ name: String, _ key: String, _ value: String) -> CreateTopicsRequest.Topic {
      CreateTopicsRequest.Topic(
        name: name, numPartitions: 1, replicationFactor: 1,
        configs: [CreateTopicsRequest.Topic.Config(name: key, value: value)])
    }
    let answers = try create(
      [
        topic("a", "max.message.bytes", "100"), topic("b", "max.message.bytes", "many"),
        topic("c", "message.timestamp.type", "LogAppendTime"), topic("d", "retention.ms", "5"),
      ], &state)
    #expect(answers.map(\.errorCode) == [.none, .invalidConfig, .none, .none])
    #expect(state.topics["a"]?.maximumBatchSize == 100)
    #expect(state.topics["c"]?.usesAppendTime == true)
  }

  @Test("InitProducerId gives new ids, and new epochs to transactional producers")
  func producers() throws {
    var state = clusterState()
    func ask(_ transactionalID: String?) throws -> InitProducerIdResponse {
      let request = InitProducerIdRequest(transactionalId: transactionalID, transactionTimeoutMs: 1000)
      return try #require(
        InitProducerIDHandler.handle(request, RequestContext(broker: 1, version: 4), in: &state).response)
    }
    #expect(try ask(nil).producerId != ask(nil).producerId)
    let (first, second) = (try ask("tx"), try ask("tx"))
    #expect(first.producerId == second.producerId)
    #expect(second.producerEpoch == first.producerEpoch + 1)
    #expect(try ask("").errorCode == .invalidRequest)
  }

  @Test("FindCoordinator always names the same broker that is up", arguments: FindCoordinatorHandler.versions)
  func coordinators(version: Int16) throws {
    var state = clusterState()
    func ask() throws -> Int32 {
      let request =
        version < 4 ? FindCoordinatorRequest(key: "group") : FindCoordinatorRequest(coordinatorKeys: ["group"])
      let context = RequestContext(broker: 1, version: version)
      let response = try #require(FindCoordinatorHandler.handle(request, context, in: &state).response)
      #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
      return version < 4 ? response.nodeId : try #require(response.coordinators.first).nodeId
    }
    let first = try ask()
    #expect(try ask() == first)
    state.setListed(false, broker: first)
    #expect(try ask() != first)
  }
}
