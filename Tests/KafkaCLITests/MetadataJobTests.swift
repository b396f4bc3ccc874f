import KafkaCLI
import KafkaMockBroker
import Testing
import Transport

@Suite("The metadata command")
struct MetadataJobTests {
  @Test("S13: what is wrong stays with its topic and partition, and the rest is shown")
  func errors() throws {
    try simulateCommands(topics: [:]) { simulation in
      try await simulation.cluster.createTopic("alone", partitions: 3)
      try await simulation.cluster.createTopic("copied", partitions: 1, replicationFactor: 3)
      try await simulation.cluster.takeDown(broker: 2)
      let run = try await simulation.run("metadata")
      #expect(run.status == .success && run.messages == [])
      #expect(run.lines.contains { $0.contains("partition 1, leader none") && $0.contains("LEADER_NOT_AVAILABLE") })
      #expect(run.lines.contains { $0.contains("partition 2, leader 3, replicas 3, in sync 3") })
      #expect(run.lines.contains { $0.contains("in sync 3,1, offline 2 (under-replicated)") })
      #expect(run.lines.contains { $0.hasPrefix("  topic copied, 1 partition, id ") })
    }
  }

  @Test("an unknown topic among several is shown and said once, and not created", arguments: ["", "-J", "--topics"])
  func unknownTopic(form: String) throws {
    try simulateCommands(topics: ["t": 1]) { simulation in
      let run = try await simulation.run("metadata -t t -t missing -t missing \(form)")
      #expect(run.status == .refused)
      #expect(run.messages.count == 1 && run.messages[0].contains("missing"))
      #expect(run.output.contains("missing") && run.output.contains("t"))
      #expect(await simulation.cluster.topics == ["t"])
    }
  }

  @Test("API versions of every broker, with the one that is used", arguments: [KafkaRelease.v1_1, .v4_3])
  func apiVersions(release: KafkaRelease) throws {
    try simulateCommands(release: release) { simulation in
      let run = try await simulation.run("metadata --api-versions")
      #expect(run.status == .success)
      for broker in 1...3 {
        #expect(
          run.lines.contains(release == .v1_1 ? "\(broker)\tFetch\t0\t7\t7" : "\(broker)\tFetch\t4\t18\t17"),
          "\(run.lines)")
      }
      let json = try await simulation.run("metadata --api-versions -J")
      #expect(json.output.contains(#"{"key":1,"name":"Fetch","min":"#) && json.lines.count == 1)
    }
  }

  @Test("a broker that cannot say what it speaks is told apart")
  func untold() throws {
    try simulateCommands(brokers: 1, release: .v0_9_0) { simulation in
      let run = try await simulation.run("metadata --api-versions")
      #expect(run.status == .success && run.lines.contains("1\tFetch\t0\t0\t0"))
      #expect(run.messages.count == 1 && run.messages[0].contains("broker 1 cannot say"))
      #expect(try await simulation.run("metadata --api-versions -J").output.contains(#""told":false"#))
    }
  }

  @Test("a check reaches bootstrap and advertised addresses")
  func check() throws {
    try simulateCommands { simulation in
      let run = try await simulation.run("metadata --check", brokers: "broker-2:9093")
      #expect(run.status == .success && run.messages == [])
      let rows = run.lines.map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.map { $0[0] } == ["2", "1", "3"])
      #expect(rows.map { $0[1] } == ["broker-2:9093", "broker-1:9092", "broker-3:9094"])
      #expect(rows.allSatisfy { $0[3] == "ok" })
    }
  }

  @Test("a check goes on where an address cannot be reached, and ends with status 3", arguments: ["", "-J"])
  func failedCheck(form: String) throws {
    try simulateCommands { simulation in
      simulation.network.setRefused(true, host: "broker-3", port: 9094)
      simulation.network.setSilent(true, host: "broker-2")
      let run = try await simulation.run(
        "metadata --check --timeout 2s \(form)", brokers: "broker-1:9092,nowhere:9092")
      #expect(run.status == .unreachable)
      #expect(run.messages == ["kavka: 3 of 4 addresses cannot be reached"])
      if form.isEmpty {
        let rows = run.lines.map { $0.split(separator: "\t").map(String.init) }
        #expect(rows.map { $0[1] } == ["broker-1:9092", "nowhere:9092", "broker-2:9093", "broker-3:9094"])
        #expect(rows.map { $0[0] } == ["1", "-", "2", "3"])
        #expect(rows.map { $0[3] == "ok" } == [true, false, false, false], "\(rows)")
      } else {
        #expect(run.output.contains(#""port":9094,"bootstrap":false,"#))
      }
    }
  }

  @Test(
    "contradictions are usage errors",
    arguments: [
      "--check --api-versions", "--brokers --topics", "-J --brokers", "-J --topics", "--check -t t",
      "--api-versions -t t",
      "--brokers -t t", "t",
    ])
  func usage(line: String) throws {
    try simulateCommands(brokers: 1) { simulation in
      await #expect(throws: UsageError.self) { try await simulation.run("metadata \(line)") }
    }
  }
}
