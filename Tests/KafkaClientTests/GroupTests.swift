import KafkaClient
import KafkaMockBroker
import Testing
import Transport

@Suite("Groups")
struct GroupTests {
  private let partitions = (0..<Int32(3)).map { TopicPartition("t", $0) }

  @Test("offsets are committed, read and deleted, and errors stay with their partition")
  func committed() throws {
    try simulate(topics: ["t": 3]) { simulation in
      let client = simulation.client
      let commits = [OffsetToCommit(partitions[0], offset: 5, metadata: "by a test"), .init(partitions[2], offset: 7)]
      let outcomes = try await client.commit(commits, for: "g")
      #expect(outcomes.allSatisfy { $0.error == nil })
      let all = try await client.committedOffsets(of: "g")
      #expect(all.map(\.offset) == [5, 7] && all[0].metadata == "by a test")
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .offsetFetch, topic: "t", partition: 1)
      let named = try await client.committedOffsets(of: "g", in: partitions + [TopicPartition("nowhere", 0)])
      #expect(named.map(\.offset) == [5, nil, 7, nil])
      #expect(named.map { $0.error?.code } == [nil, .broker(29), nil, nil])
      let deletions = try await client.deleteOffsets(in: [partitions[0]], of: "g")
      #expect(deletions.allSatisfy { $0.error == nil })
      #expect(await simulation.cluster.committedOffsets(of: "g") == ["t": [2: 7]])
    }
  }

  @Test("S36: each group's coordinator is looked up once, and again when it has moved")
  func coordinators() throws {
    try simulate(topics: ["t": 3]) { simulation in
      let groups = ["a", "b", "c", "d"]
      func fetchAll() async throws {
        for group in groups { _ = try await simulation.client.committedOffsets(of: group, in: partitions) }
      }
      try await fetchAll()
      try await fetchAll()
      #expect(await simulation.cluster.requestCount(of: .findCoordinator) == 4)
      try await simulation.cluster.takeDown(broker: 1)
      try await fetchAll()
      try await simulation.cluster.bringUp(broker: 1)
      try await fetchAll()
      let count = await simulation.cluster.requestCount(of: .findCoordinator)
      #expect((5...12).contains(count), "\(count)")
    }
  }

  @Test("a topic that was made anew is not taken for the old one", arguments: [KafkaRelease.latest, .v3_9])
  func topicIDs(release: KafkaRelease) throws {
    try simulate(topics: ["t": 3], { mock, _ in mock.release = release }) { simulation in
      _ = try await simulation.client.offsets(of: partitions, at: .latest)
      await simulation.cluster.deleteTopic("t")
      try await simulation.cluster.createTopic("t", partitions: 3)
      let outcomes = try await simulation.client.commit([.init(partitions[0], offset: 0)], for: "g")
      #expect(outcomes.map { $0.error?.code } == [nil])
      let committed = try await simulation.client.committedOffsets(of: "g", in: [partitions[0]])
      #expect(committed[0].offset == 0)
    }
  }

  @Test("a group is described with its members, whatever its protocol", arguments: [true, false])
  func description(isNew: Bool) throws {
    try simulate { simulation in
      let members = [MockGroupMember(id: "1", clientID: "a"), MockGroupMember(id: "2", clientID: "b")]
      await simulation.cluster.setMembers(members, of: "g", usesNewProtocol: isNew)
      let described = try await simulation.client.describeGroup("g")
      let group = try #require(described)
      #expect(group.state == "Stable" && group.members.map(\.clientID) == ["a", "b"])
      let nobody = try await simulation.client.describeGroup("nobody")
      #expect(nobody?.state == "Dead")
    }
  }

  @Test("groups of all coordinators are listed")
  func names() throws {
    try simulate { simulation in
      for group in ["c", "a", "b", "a"] { await simulation.cluster.commit(1, for: group, topic: "t") }
      let names = try await simulation.client.groupNames()
      #expect(names == ["a", "b", "c"])
      #expect(await simulation.cluster.requestCount(of: .listGroups) == 3)
    }
  }

  @Test("whatever the network does, what was acknowledged is committed", arguments: UInt64(1)...8)
  func faults(seed: UInt64) throws {
    try simulate(seed: seed, topics: ["t": 3], { mock, _ in mock.release = seed % 2 == 0 ? .latest : .v1_1 }) {
      simulation in
      let end = simulation.runtime.loop.now + .seconds(20)
      simulation.network.inject(
        FaultSchedule(meanInterval: .milliseconds(400), duration: .milliseconds(50) ... .seconds(2), end: end))
      for number in 0..<10 {
        let commits = partitions.map { OffsetToCommit($0, offset: Int64(number)) }
        let outcomes = try await simulation.client.commit(commits, for: "g", timeout: .seconds(30))
        #expect(outcomes.allSatisfy { $0.error == nil })
        let committed = try await simulation.client.committedOffsets(of: "g", timeout: .seconds(30))
        #expect(committed.map(\.offset) == [Int64](repeating: Int64(number), count: 3).map { $0 })
        try? await simulation.runtime.sleep(for: .seconds(1))
      }
    }
  }

  @Test("an answer that cannot be read is an error and no more", arguments: [MockAPI.findCoordinator, .offsetFetch])
  func garbage(api: MockAPI) throws {
    try simulate { simulation in
      await simulation.cluster.inject(.garbage(count: 40), into: api)
      let error = await #expect(throws: KafkaError.self) {
        _ = try await simulation.client.committedOffsets(of: "g", timeout: .seconds(5))
      }
      #expect(error?.code == .malformedResponse)
    }
  }
}
