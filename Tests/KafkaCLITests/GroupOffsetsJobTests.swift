import KafkaCLI
import KafkaMockBroker
import Testing
import Transport

@Suite("Committed offsets of groups")
struct GroupOffsetsJobTests {
  /// Ten records in each partition of `t`, and offsets 4 and 9 of the group `g` in two of the three.
  private func fill(_ simulation: CommandSimulation) async throws {
    for partition: Int32 in 0..<3 {
      try await simulation.cluster.append(
        (0..<10).map { MockRecord(value: "x", timestamp: 1000 + $0) }, to: "t", partition: partition)
    }
    await simulation.cluster.commit(4, for: "g", topic: "t", partition: 0, metadata: "by\thand")
    await simulation.cluster.commit(9, for: "g", topic: "t", partition: 2)
  }

  private func committed(_ simulation: CommandSimulation, _ group: String = "g") async -> [Int32: Int64]? {
    await simulation.cluster.committedOffsets(of: group)["t"]
  }

  private static let releases: [KafkaRelease] = [.v0_8_2, .v0_9_0, .v0_10_2, .v1_1, .v2_8, .v3_9, .v4_3, .latest]

  // MARK: offsets -G

  @Test("are shown with their lag, by every release", arguments: releases)
  func shown(release: KafkaRelease) throws {
    try simulateCommands(topics: ["t": 3, "u": 2], release: release) { simulation in
      try await fill(simulation)
      let all = try await simulation.run("offsets -G g")
      #expect(all.status == .success, "\(all.messages)")
      #expect(all.lines == ["t\t0\t4\t10\t6\tby\\thand", "t\t2\t9\t10\t1\t"])
      let named = try await simulation.run("offsets -G g t:0-1 u")
      #expect(named.status == .success, "\(named.messages)")
      #expect(
        named.lines == ["t\t0\t4\t10\t6\tby\\thand", "t\t1\t-\t10\t-\t-", "u\t0\t-\t0\t-\t-", "u\t1\t-\t0\t-\t-"])
    }
  }

  @Test("have sums, a number alone, and JSON")
  func forms() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      #expect(try await simulation.run("offsets -G g --sum").lines == ["t\t13\t20\t7"])
      #expect(try await simulation.run("offsets -G g t --sum").lines == ["t\t-\t30\t-"])
      #expect(try await simulation.run("offsets -G g -n t:2").output == "9\n")
      #expect(
        try await simulation.run("offsets -G g -J t:0").lines == [
          #"{"topic":"t","partition":0,"committed":4,"latest":10,"lag":6,"metadata":"by\thand"}"#
        ])
      #expect(
        try await simulation.run("offsets -G g -J --sum").lines == [
          #"{"topic":"t","committed":13,"latest":20,"lag":7}"#
        ])
    }
  }

  @Test("a group without any is said so", arguments: ["", "t"])
  func nothing(topic: String) throws {
    try simulateCommands(topics: ["t": 1]) { simulation in
      let run = try await simulation.run("offsets -G nobody \(topic)")
      #expect(run.status == .refused)
      #expect(run.messages.count == 1 && run.messages[0].contains("group nobody has no committed offset"))
      #expect(run.output == (topic.isEmpty ? "" : "t\t0\t-\t0\t-\t-\n"))
    }
  }

  @Test("an error stays with its partition, and one of a deleted topic keeps its offset")
  func partitionErrors() throws {
    try simulateCommands(topics: ["t": 3, "gone": 1]) { simulation in
      try await fill(simulation)
      await simulation.cluster.commit(1, for: "g", topic: "gone")
      await simulation.cluster.deleteTopic("gone")
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .offsetFetch, topic: "t", partition: 2)
      let run = try await simulation.run("offsets -G g t")
      #expect(run.status == .denied && run.messages.count == 1)
      #expect(run.lines[2] == "t\t2\t-\t10\t-\t-")
      await simulation.cluster.removeAllFaults()
      let all = try await simulation.run("offsets -G g")
      #expect(all.status == .refused && all.messages.count == 1, "\(all.messages)")
      #expect(all.lines.first == "gone\t0\t1\t-\t-\t" && all.lines.count == 3)
    }
  }

  @Test("who may not see the group is told so")
  func denied() throws {
    try simulateCommands { simulation in
      await simulation.cluster.inject(.error(.groupAuthorizationFailed), into: .offsetFetch)
      let run = try await simulation.run("offsets -G g")
      #expect(run.status == .denied && run.messages.count == 1 && run.messages[0].contains("group g"))
    }
  }

  // MARK: offsets commit

  @Test("commit sets them in every release", arguments: releases)
  func commit(release: KafkaRelease) throws {
    try simulateCommands(topics: ["t": 3], release: release) { simulation in
      try await fill(simulation)
      let run = try await simulation.run("offsets commit -G g t:0=7 t:1=end t:2=-3")
      #expect(run.status == .success, "\(run.messages)")
      #expect(run.lines == ["t\t0\t4\t7", "t\t1\t-\t10", "t\t2\t9\t7"])
      #expect(await committed(simulation) == [0: 7, 1: 10, 2: 7])
    }
  }

  @Test(
    "commit takes every place and all partitions of a topic",
    arguments: [
      ("beginning", 0), ("end", 10), ("3", 3), ("+2", 2), ("-4", 6), ("@1005", 5), ("@9999", 10), ("-1h", 10),
    ])
  func places(place: String, offset: Int64) throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      let run = try await simulation.run("offsets commit -G new t=\(place)")
      #expect(run.status == .success, "\(run.messages)")
      #expect(await committed(simulation, "new") == [0: offset, 1: offset, 2: offset])
      #expect(await simulation.cluster.requestCount(of: .offsetCommit) == 1)
    }
  }

  @Test("commit refuses an offset that is not there, and commits the others", arguments: ["", " --dry-run"])
  func commitOutside(option: String) throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      await simulation.cluster.deleteRecords(of: "t", partition: 1, before: 3)
      let run = try await simulation.run("offsets commit -G g t:0=11 t:1=2 t:2=10" + option)
      #expect(run.status == .refused)
      #expect(
        run.messages.filter { !$0.contains("--dry-run") } == [
          "kavka: t:0: offset 11 is not there; the partition ends at 10",
          "kavka: t:1: offset 2 is not there; the partition begins at 3",
        ])
      #expect(run.lines == ["t\t0\t4\t4", "t\t1\t-\t-", "t\t2\t9\t10"])
      #expect(await committed(simulation) == [0: 4, 2: option.isEmpty ? 10 : 9])
    }
  }

  @Test("an error of one partition leaves the others committed")
  func commitErrors() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .offsetCommit, topic: "t", partition: 0)
      let run = try await simulation.run("offsets commit -G g t=1")
      #expect(run.status == .denied && run.messages.count == 1)
      #expect(run.lines == ["t\t0\t4\t4", "t\t1\t-\t1", "t\t2\t9\t1"])
      #expect(await committed(simulation) == [0: 4, 1: 1, 2: 1])
      let unknown = try await simulation.run("offsets commit -G g t:9=1 missing:0=1 t:0=2")
      #expect(unknown.status == .denied && unknown.messages.count == 3, "\(unknown.messages)")
    }
  }

  // MARK: offsets reset

  @Test("reset moves all of a group, and shows what it would do", arguments: releases)
  func reset(release: KafkaRelease) throws {
    try simulateCommands(topics: ["t": 3], release: release) { simulation in
      try await fill(simulation)
      let dry = try await simulation.run("offsets reset -G g --to beginning --dry-run")
      #expect(dry.status == .success && dry.lines == ["t\t0\t4\t0", "t\t2\t9\t0"])
      #expect(await committed(simulation) == [0: 4, 2: 9])
      #expect(await simulation.cluster.requestCount(of: .offsetCommit) == 0)
      let wet = try await simulation.run("offsets reset -G g --to -2")
      #expect(wet.status == .success && wet.lines == ["t\t0\t4\t8", "t\t2\t9\t8"], "\(wet.messages)")
      let named = try await simulation.run("offsets reset -G g --to 500 t:1")
      #expect(named.status == .success && named.lines == ["t\t1\t-\t10"])
      #expect(named.messages.count == 1 && named.messages[0].contains("offset 500 is not there"))
      #expect(await committed(simulation) == [0: 8, 1: 10, 2: 8])
    }
  }

  @Test("reset of a group without offsets needs topics")
  func resetNothing() throws {
    try simulateCommands(topics: ["t": 1]) { simulation in
      let run = try await simulation.run("offsets reset -G new --to end")
      #expect(run.status == .refused && run.messages.count == 1 && run.messages[0].contains("name the topics"))
      #expect(try await simulation.run("offsets reset -G new --to end t").lines == ["t\t0\t-\t0"])
    }
  }

  @Test(
    "a group with members is left alone",
    arguments: [
      "commit -G g t:0=1", "reset -G g --to end", "reset -G g --to end --dry-run", "delete -G g t --yes",
    ], [(KafkaRelease.latest, true), (.latest, false), (.v2_8, false)])
  func members(line: String, group: (release: KafkaRelease, isNew: Bool)) throws {
    try simulateCommands(topics: ["t": 3], release: group.release) { simulation in
      try await fill(simulation)
      let members = [MockGroupMember(id: "m-1", clientID: "billing\u{1B}", host: "/10.0.0.1")]
      await simulation.cluster.setMembers(members, of: "g", usesNewProtocol: group.isNew)
      let run = try await simulation.run("offsets \(line)")
      #expect(run.status == .refused && run.output == "")
      #expect(
        run.messages == [
          #"kavka: group g is in the state Stable and has 1 member: billing\x1b at /10.0.0.1; stop them first"#
        ])
      #expect(await committed(simulation) == [0: 4, 2: 9])
    }
  }

  @Test("brokers that cannot describe a group refuse for its members themselves")
  func membersOfOldBroker() throws {
    try simulateCommands(topics: ["t": 3], release: .v0_9_0) { simulation in
      try await fill(simulation)
      await simulation.cluster.setMembers([MockGroupMember(id: "m")], of: "g")
      let run = try await simulation.run("offsets commit -G g t:0=1")
      #expect(run.status == .refused && run.output == "t\t0\t4\t4\n")
      #expect(run.messages.count == 1 && run.messages[0].contains("stop them first"), "\(run.messages)")
    }
  }

  // MARK: offsets delete

  @Test("delete forgets them, once somebody has said so")
  func delete() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      let dry = try await simulation.run("offsets delete -G g t --dry-run")
      #expect(dry.status == .success && dry.lines == ["t\t0\t4\t-", "t\t2\t9\t-"])
      let unasked = try await simulation.run("offsets delete -G g t")
      #expect(unasked.status == .refused && unasked.messages.count == 1 && unasked.messages[0].contains("--yes"))
      #expect(try await simulation.run("offsets delete -G g t", answer: "other").status == .refused)
      #expect(await committed(simulation) == [0: 4, 2: 9])
      let one = try await simulation.run("offsets delete -G g t:0", answer: "g")
      #expect(one.status == .success && one.lines == ["t\t0\t4\t-"], "\(one.messages)")
      #expect(await committed(simulation) == [2: 9])
      let rest = try await simulation.run("offsets delete -G g t u --yes")
      #expect(rest.status == .refused && rest.lines == ["t\t2\t9\t-"] && rest.messages.count == 1)
      #expect(await committed(simulation) == nil)
    }
  }

  @Test("brokers before 2.4 cannot delete, and that is said")
  func deleteAtOldBroker() throws {
    try simulateCommands(topics: ["t": 3], release: .v1_1) { simulation in
      try await fill(simulation)
      let run = try await simulation.run("offsets delete -G g t --yes")
      #expect(run.status == .refused && run.messages.count == 1 && run.messages[0].contains("since Kafka 2.4"))
    }
  }

  // MARK: The coordinator

  @Test(
    "what passes by itself is waited out",
    arguments: [MockErrorCode.coordinatorLoadInProgress, .coordinatorNotAvailable, .notCoordinator],
    [MockAPI.findCoordinator, .offsetFetch, .offsetCommit, .describeGroups])
  func transient(code: MockErrorCode, api: MockAPI) throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      await simulation.cluster.inject(.error(code), into: api, times: 2)
      let run = try await simulation.run("offsets commit -G g t:0=1")
      #expect(run.status == .success && run.messages == [], "\(run.messages)")
      #expect(await committed(simulation)?[0] == 1)
    }
  }

  @Test("a coordinator that goes is looked up anew, and one that stays is looked up once")
  func movedCoordinator() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      _ = try await simulation.run("offsets commit -G g t:0=1")
      #expect(await simulation.cluster.requestCount(of: .findCoordinator) == 1)
      for broker: Int32 in 1...3 {
        try await simulation.cluster.takeDown(broker: broker)
        let run = try await simulation.run("offsets -G g --timeout 20s")
        #expect(run.lines.count == 2 && run.lines[0].hasPrefix("t\t0\t1\t"), "\(run.messages)")
        try await simulation.cluster.bringUp(broker: broker)
      }
    }
  }

  @Test("a coordinator that never comes uses up the time and no more")
  func noCoordinator() throws {
    try simulateCommands { simulation in
      await simulation.cluster.inject(.error(.coordinatorNotAvailable), into: .findCoordinator)
      let start = simulation.runtime.loop.now
      let run = try await simulation.run("offsets -G g --timeout 3s")
      #expect(run.status == .refused && run.messages.count == 1)
      #expect((simulation.runtime.loop.now - start) <= .seconds(4))
    }
  }

  // MARK: Usage

  @Test(
    "mistakes are usage errors",
    arguments: [
      "-G g --at latest", "-G g --before 5", "commit t:0=1", "commit -G g", "commit -G g t:0",
      "commit -G g t:0=x",
      "commit -G g t:0=1 t=2", "reset -G g", "reset -G g --to nowhere", "reset --to end t", "delete -G g",
      "delete -G g t:x", "commit -G g t:0=1 --yes",
    ])
  func usage(line: String) throws {
    try simulateCommands(brokers: 1) { simulation in
      await #expect(throws: UsageError.self) { try await simulation.run("offsets \(line)") }
    }
  }

  @Test("a topic that is called like a command of two words is named after --")
  func topicNames() throws {
    guard case .offsets(let arguments) = try CommandLineParser.parse(["offsets", "--", "commit"], environment: [:])
    else {
      Issue.record("not offsets")
      return
    }
    #expect(arguments.topics == [TopicSelection(topic: "commit")])
  }

  @Test("a profile that may only read refuses changes, and allows to see what they would be")
  func readOnly() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await fill(simulation)
      for line in ["commit -G g t:0=1", "reset -G g --to end", "delete -G g t --yes"] {
        await #expect(throws: UsageError.self) { try await simulation.run("offsets \(line) -X readonly=true") }
        #expect(try await simulation.run("offsets \(line) -X readonly=true --dry-run").status == .success)
      }
    }
  }
}
