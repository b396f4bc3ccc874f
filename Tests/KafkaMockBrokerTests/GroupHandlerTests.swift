import KafkaProtocol
import Testing

@testable import KafkaMockBroker

@Suite("The handlers of groups")
struct GroupHandlerTests {
  private func filled() -> ClusterState {
    var state = clusterState(topics: [("t", 2)])
    state.groups["g", default: GroupState()].commit(.init(offset: 5, leaderEpoch: 1, metadata: "m"), "t", 0)
    return state
  }

  private func context(_ version: Int16, _ state: ClusterState, group: String = "g") -> RequestContext {
    RequestContext(broker: state.coordinator(of: group)?.id ?? 1, version: version)
  }

  private func fetch(
    _ topics: [OffsetFetchRequest.Group.Topic]?, version: Int16, at context: RequestContext, _ state: inout ClusterState
  ) throws -> OffsetFetchResponse.Group {
    let request =
      version < 8
      ? OffsetFetchRequest(
        groupId: "g", topics: topics?.map { .init(name: $0.name, partitionIndexes: $0.partitionIndexes) })
      : OffsetFetchRequest(groups: [.init(groupId: "g", topics: topics)])
    let response = try #require(OffsetFetchHandler.handle(request, context, in: &state).response)
    #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
    guard version < 8 else { return try #require(response.groups.first) }
    return .init(
      groupId: "g",
      topics: response.topics.map { topic in
        .init(
          name: topic.name,
          partitions: topic.partitions.map {
            .init(
              partitionIndex: $0.partitionIndex, committedOffset: $0.committedOffset, metadata: $0.metadata,
              errorCode: $0.errorCode)
          })
      }, errorCode: response.errorCode)
  }

  @Test("OffsetFetch tells what is committed, by names and by ids", arguments: OffsetFetchHandler.versions)
  func fetch(version: Int16) throws {
    var state = filled()
    let id = try #require(state.topics["t"]?.id)
    let topics = [OffsetFetchRequest.Group.Topic(name: "t", topicId: id, partitionIndexes: [0, 1])]
    let group = try fetch(topics, version: version, at: context(version, state), &state)
    #expect(group.errorCode == .none)
    #expect(group.topics.first?.partitions.map(\.committedOffset) == [5, -1])
    #expect(group.topics.first?.partitions.first?.metadata == "m")
    guard version >= 2 else { return }
    let all = try fetch(nil, version: version, at: context(version, state), &state)
    #expect(all.topics.first?.partitions.map(\.committedOffset) == [5])
  }

  @Test("only the coordinator answers", arguments: OffsetFetchHandler.versions)
  func notCoordinator(version: Int16) throws {
    var state = filled()
    let own = context(version, state).broker
    let other = RequestContext(broker: own == 1 ? 2 : 1, version: version)
    let topics = [OffsetFetchRequest.Group.Topic(name: "t", partitionIndexes: [0])]
    let group = try fetch(topics, version: version, at: other, &state)
    let code = version < 2 ? group.topics.first?.partitions.first?.errorCode : group.errorCode
    #expect(code == .notCoordinator)
  }

  private func commit(
    _ name: String, _ index: Int32, version: Int16, id: UUID128 = .zero, _ state: inout ClusterState
  ) throws -> ErrorCode {
    let request = OffsetCommitRequest(
      groupId: "g",
      topics: [.init(name: name, topicId: id, partitions: [.init(partitionIndex: index, committedOffset: 7)])])
    let response = try #require(
      OffsetCommitHandler.handle(request, context(version, state), in: &state).response)
    #expect(throws: Never.self) { try ResponseFrame.encode(response, version: version, correlationID: 1) }
    return try #require(response.topics.first?.partitions.first).errorCode
  }

  @Test("OffsetCommit keeps offsets of partitions that there are", arguments: OffsetCommitHandler.versions)
  func commit(version: Int16) throws {
    var state = filled()
    let id = try #require(state.topics["t"]?.id)
    #expect(try commit("t", 1, version: version, id: id, &state) == .none)
    #expect(state.groups["g"]?.offset("t", 1)?.offset == 7)
    #expect(try commit("t", 2, version: version, id: id, &state) == .unknownTopicOrPartition)
    #expect(
      try commit("u", 0, version: version, &state) == (version < 10 ? .unknownTopicOrPartition : .unknownTopicId))
    state.groups["g"]?.members = [MockGroupMember(id: "m")]
    #expect(try commit("t", 1, version: version, id: id, &state) == .unknownMemberId)
  }

  @Test("OffsetDelete forgets offsets of groups without members")
  func delete() throws {
    var state = filled()
    func ask(_ group: String) throws -> [ErrorCode] {
      let request = OffsetDeleteRequest(
        groupId: group, topics: [.init(name: "t", partitions: [.init(partitionIndex: 0)])])
      let response = try #require(
        OffsetDeleteHandler.handle(request, context(0, state, group: group), in: &state).response)
      return [response.errorCode] + response.topics.flatMap { $0.partitions.map(\.errorCode) }
    }
    state.groups["g"]?.members = [MockGroupMember(id: "m")]
    #expect(try ask("g") == [.none, .groupSubscribedToTopic])
    state.groups["g"]?.members = []
    #expect(try ask("g") == [.none, .none])
    #expect(state.groups["g"]?.offsets == [:])
    #expect(try ask("nobody") == [.groupIdNotFound])
  }

  @Test("a group is described by the API of its protocol, and listed by its coordinator")
  func describe() throws {
    var state = filled()
    func old(_ group: String, version: Int16) throws -> DescribeGroupsResponse.Group {
      let request = DescribeGroupsRequest(groups: [group])
      let answer = DescribeGroupsHandler.handle(request, context(version, state, group: group), in: &state)
      return try #require(answer.response?.groups.first)
    }
    func new(_ group: String) throws -> ConsumerGroupDescribeResponse.Group {
      let request = ConsumerGroupDescribeRequest(groupIds: [group])
      let answer = ConsumerGroupDescribeHandler.handle(request, context(1, state, group: group), in: &state)
      return try #require(answer.response?.groups.first)
    }
    #expect(try old("g", version: 5).groupState == "Empty")
    #expect(try new("g").errorCode == .groupIdNotFound)
    #expect(try old("nobody", version: 5).groupState == "Dead")
    #expect(try old("nobody", version: 6).errorCode == .groupIdNotFound)
    state.groups["g"]?.members = [MockGroupMember(id: "m")]
    state.groups["g"]?.isNewProtocol = true
    #expect(try new("g").members.map(\.memberId) == ["m"])
    #expect(try old("g", version: 5).groupState == "Dead")
    for broker: Int32 in 1...3 {
      let answer = ListGroupsHandler.handle(
        ListGroupsRequest(), RequestContext(broker: broker, version: 5), in: &state)
      let isCoordinator = state.coordinator(of: "g")?.id == broker
      #expect(answer.response?.groups.map(\.groupId) == (isCoordinator ? ["g"] : []))
    }
  }
}
