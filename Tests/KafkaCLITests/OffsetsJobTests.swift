import KafkaCLI
import KafkaMockBroker
import Testing

@Suite("The offsets command")
struct OffsetsJobTests {
  /// Times 1000, 3000 and 2000 in partition 0 of `t`, nothing in the others.
  private func fill(_ simulation: CommandSimulation) async throws {
    for time: Int64 in [1000, 3000, 2000] {
      try await simulation.cluster.append(
        [MockRecord(value: "x", timestamp: time)], to: "t", partition: 0)
    }
  }

  @Test("asks each leader once for each question, whatever the number of partitions")
  func requests() throws {
    try simulateCommands(topics: ["t": 30, "u": 6]) { simulation in
      try await fill(simulation)
      let both = try await simulation.run("offsets t u")
      #expect(both.status == .success)
      #expect(both.lines.count == 36 && both.lines[0] == "t\t0\t0\t3" && both.lines[1] == "t\t1\t0\t0")
      #expect(await simulation.cluster.requestCount(of: .listOffsets) == 6)
      await simulation.cluster.forgetRequests()
      let latest = try await simulation.run("offsets t u --at latest")
      #expect(latest.lines[0] == "t\t0\t3")
      #expect(await simulation.cluster.requestCount(of: .listOffsets) == 3)
    }
  }

  @Test(
    "S12: finds every place",
    arguments: [
      ("earliest", "0"), ("latest", "3"), ("stable", "3"), ("max-timestamp", "1"), ("2000", "1"), ("1000", "0"),
      ("3001", "3"), ("1970-01-01T00:00:01.500Z", "1"), ("-1h", "3"),
    ])
  func places(place: String, offset: String) throws {
    try simulateCommands(brokers: 1) { simulation in
      try await fill(simulation)
      let run = try await simulation.run("offsets -n t:0 --at \(place)")
      #expect(run.status == .success && run.messages == [])
      #expect(run.output == offset + "\n")
    }
  }

  @Test("JSON has the time of the record that was found")
  func timestamps() throws {
    try simulateCommands(brokers: 1, topics: ["t": 2]) { simulation in
      try await fill(simulation)
      #expect(
        try await simulation.run("offsets t -J --at 1500").lines == [
          #"{"topic":"t","partition":0,"offset":1,"timestamp":3000}"#,
          #"{"topic":"t","partition":1,"offset":0,"timestamp":null}"#,
        ])
      #expect(
        try await simulation.run("offsets t -J --at max-timestamp").lines == [
          #"{"topic":"t","partition":0,"offset":1,"timestamp":3000}"#,
          #"{"topic":"t","partition":1,"offset":null,"timestamp":null}"#,
        ])
      #expect(
        try await simulation.run("offsets t:0 -J --at latest").lines == [#"{"topic":"t","partition":0,"offset":3}"#])
      let empty = try await simulation.run("offsets t:1 --at max-timestamp")
      #expect(empty.output == "t\t1\t-\n" && empty.status == .success)
    }
  }

  @Test("a partition without an answer has dashes and one line, and the others are printed", arguments: ["", "--at 0"])
  func partitionError(at: String) throws {
    try simulateCommands(topics: ["t": 5]) { simulation in
      await simulation.cluster.inject(
        .error(.topicAuthorizationFailed), into: .listOffsets, topic: "t", partition: 3)
      let run = try await simulation.run("offsets t \(at)")
      #expect(run.status == .denied)
      #expect(run.lines.count == 5)
      #expect(run.lines[3] == (at.isEmpty ? "t\t3\t-\t-" : "t\t3\t-"))
      #expect(run.messages.count == 1 && run.messages[0].contains("t:3"))
    }
  }

  @Test("a partition that never has a leader does not use up the time of the others", arguments: ["", "--at 5000"])
  func leaderless(at: String) throws {
    try simulateCommands(topics: ["t": 4]) { simulation in
      try await fill(simulation)
      await simulation.cluster.inject(
        .error(.leaderNotAvailable), into: .listOffsets, topic: "t", partition: 1)
      let run = try await simulation.run("offsets t --timeout 6s \(at)")
      #expect(run.status == .refused)
      #expect(run.lines.count == 4 && run.lines[0] == (at.isEmpty ? "t\t0\t0\t3" : "t\t0\t3"))
      #expect(run.messages.count == 1, "\(run.messages)")
    }
  }

  @Test("what does not exist is said once, and the rest is printed")
  func unknown() throws {
    try simulateCommands(topics: ["t": 2]) { simulation in
      let run = try await simulation.run("offsets t:0-9 missing t:0 t")
      #expect(run.status == .refused)
      #expect(run.lines == ["t\t0\t0\t0", "t\t1\t0\t0"])
      #expect(run.messages.count == 2, "\(run.messages)")
      #expect(await simulation.cluster.topics == ["t"])
    }
  }

  @Test("lists segments that begin before a time", arguments: [KafkaRelease.v0_9_0, .v1_1, .v3_9])
  func segments(release: KafkaRelease) throws {
    try simulateCommands(topics: ["t": 2], release: release) { simulation in
      try await fill(simulation)
      let all = try await simulation.run("offsets t --before latest --max-offsets 10")
      #expect(all.status == .success, "\(all.messages)")
      #expect(all.lines == ["t\t0\t3", "t\t0\t0", "t\t1\t0"])
      #expect(try await simulation.run("offsets -n t:0 --before latest").output == "3\n")
      #expect(try await simulation.run("offsets -n t:0 --before latest --max-offsets 2").output == "3\n0\n")
      #expect(try await simulation.run("offsets t:0 --before 0").output == "t\t0\t-\n")
      #expect(
        try await simulation.run("offsets t:0 --before latest --max-offsets 5 -J").lines == [
          #"{"topic":"t","partition":0,"offsets":[3,0]}"#
        ])
    }
  }

  @Test("brokers since 4.0 refuse to list segments, and what to do instead is said")
  func noSegments() throws {
    try simulateCommands(brokers: 1, release: .v4_3) { simulation in
      let run = try await simulation.run("offsets t --before latest")
      #expect(run.status == .refused && run.output == "t\t0\t-\n")
      #expect(run.messages.count == 1 && run.messages[0].contains("until Kafka 3.9"), "\(run.messages)")
    }
  }

  @Test(
    "contradictions are usage errors",
    arguments: [
      "t --before 5 --at 5", "t --before 5 --sum", "t --max-offsets 5", "t --before stable", "t --before max-timestamp",
      "t --before 5 --max-offsets 0", "-n t --before 5", "",
    ])
  func usage(line: String) throws {
    try simulateCommands(brokers: 1) { simulation in
      await #expect(throws: UsageError.self) { try await simulation.run("offsets \(line)") }
      #expect(await simulation.cluster.requestCount(of: .metadata) == 0)
    }
  }
}
