import KafkaMockBroker
import Synchronization
import Testing
import Transport

@testable import KafkaCLI

@Suite("What consume reads and writes")
struct ConsumeJobTests {
  /// Ten batches of one record in each of some partitions: values such as `1:7`, times that alternate between them.
  private static func fill(_ cluster: MockCluster, partitions: Int32 = 3) async throws {
    for number in 0..<10 {
      for partition in 0..<partitions {
        let record = MockRecord(
          key: number % 2 == 0 ? "even" : "odd", value: "\(partition):\(number)",
          timestamp: 1_699_999_000_000 + Int64(number * 100) + Int64(partition))
        try await cluster.append([record], to: "t", partition: partition)
      }
    }
  }

  @Test("a filter chooses what is written, and what it leaves out counts for the end")
  func filter() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      let run = try await simulation.run("consume -e --filter value~^1:[0-3] --filter key=odd t")
      #expect(run.status == .success)
      #expect(run.lines == ["1:1", "1:3"])
      let none = try await simulation.run("consume -e --filter key=nosuch t")
      #expect(none.status == .success && none.output.isEmpty)
      let first = try await simulation.run("consume -c 2 --filter key=odd -p 0 t")
      #expect(first.lines == ["0:1", "0:3"])
    }
  }

  @Test("a filter keeps partitions and offsets from being fetched")
  func narrowing() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.inject(.error(.topicAuthorizationFailed), into: .fetch, partition: 0)
      let run = try await simulation.run("consume --filter partition=1 --filter offset>=3 --filter offset<6 t")
      #expect(run.status == .success)
      #expect(run.lines == ["1:3", "1:4", "1:5"])
    }
  }

  /// Reads from the end of a topic to which two partitions are added, one of them with records.
  private static func readGrowing(_ words: String) throws -> JobRun {
    let result = Mutex<JobRun?>(nil)
    try simulateCommands(topics: ["t": 1]) { simulation in
      let (cluster, runtime) = (simulation.cluster, simulation.runtime)
      runtime.spawn {
        try? await runtime.sleep(for: .seconds(10))
        try? await cluster.growTopic("t", to: 3)
        _ = try? await cluster.append(["1", "2"].map { MockRecord(value: $0) }, to: "t", partition: 2)
        try? await runtime.sleep(for: .seconds(600))
        _ = try? await cluster.append([MockRecord(value: "late")], to: "t", partition: 2)
      }
      let run = try await simulation.run("consume -o end --idle-timeout 20m \(words)")
      result.withLock { $0 = run }
    }
    return try #require(result.withLock { $0 })
  }

  @Test(
    "partitions that are added to a topic are read from their beginning, and that is told",
    arguments: ["t", "--order time t", "--topics-regex ^t$", "--filter value~. t"])
  func addedPartitions(words: String) throws {
    let run = try Self.readGrowing(words)
    #expect(run.status == .success)
    #expect(run.lines == ["1", "2", "late"])
    #expect(
      run.messages
        == [1, 2].map { "kavka: t:\($0): the partition was added to its topic; it is read from its beginning" })
  }

  @Test(
    "partitions that are added are not read where partitions were chosen",
    arguments: ["t:0", "-p 0 t", "--topics-regex ^t$ -p 0", "--filter partition=0 t", "--filter offset<10 t"])
  func addedPartitionsNotChosen(words: String) throws {
    let run = try Self.readGrowing(words)
    #expect(run.status == .success && run.lines == [] && run.messages == [], "\(run)")
  }

  @Test("a reset is one line, also when quiet", arguments: ["", "-q "])
  func reset(quiet: String) throws {
    try simulateCommands(topics: ["t": 1]) { simulation in
      try await Self.fill(simulation.cluster, partitions: 1)
      let run = try await simulation.run("consume \(quiet)-e -o 50 --on-reset earliest t")
      #expect(run.status == .success && run.lines.count == 10)
      #expect(run.messages == ["kavka: t:0: offset 50 is out of range; going on at 0"])
    }
  }

  @Test("the newest records over all partitions come by their times")
  func tail() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      let run = try await simulation.run("consume --tail 4 t")
      #expect(run.status == .success)
      #expect(run.lines == ["2:8", "0:9", "1:9", "2:9"])
      let filtered = try await simulation.run("consume --tail 2 --filter key=even t")
      #expect(filtered.lines == ["1:8", "2:8"])
      let rare = try await simulation.run("consume --tail 3 --filter value~:0$ t")
      #expect(rare.lines == ["0:0", "1:0", "2:0"])
      let all = try await simulation.run("consume --tail 1000 t")
      #expect(all.lines.count == 30)
      #expect(all.lines.prefix(4) == ["0:0", "1:0", "2:0", "0:1"])
      let first = try await simulation.run("consume --tail 4 -c 1 t")
      #expect(first.lines == ["2:8"])
    }
  }

  @Test("partitions are merged by time where that is asked for", arguments: [1, 3])
  func order(brokers: Int) throws {
    try simulateCommands(brokers: brokers, topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      let expected = (0..<10).flatMap { number in (0..<3).map { "\($0):\(number)" } }
      let run = try await simulation.run("consume -e --order time t")
      #expect(run.status == .success)
      #expect(run.lines == expected)
      let some = try await simulation.run("consume --order time -c 5 t")
      #expect(some.lines == Array(expected.prefix(5)))
      let filtered = try await simulation.run("consume -e --order time --filter partition!=1 t")
      #expect(filtered.lines == expected.filter { !$0.hasPrefix("1:") })
    }
  }

  @Test("merging by time keeps the order of offsets, and waits for no partition that has nothing")
  func orderOfOffsets() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      for (partition, time) in [(0, 50), (0, 10), (1, 20), (0, 30), (1, 5)] {
        try await simulation.cluster.append(
          [MockRecord(value: "\(partition)@\(time)", timestamp: Int64(time))], to: "t", partition: Int32(partition))
      }
      let run = try await simulation.run("consume --idle-timeout 5s --order time t")
      #expect(run.status == .success)
      #expect(run.lines == ["1@20", "1@5", "0@50", "0@10", "0@30"])
    }
  }

  @Test("merging by time waits once for partitions that have nothing more, not for one after the other")
  func orderOfManyPartitions() throws {
    try simulateCommands(topics: ["t": 20]) { simulation in
      for number in 0..<60 {
        try await simulation.cluster.append(
          [MockRecord(value: "\(number)", timestamp: Int64(number))], to: "t", partition: Int32(number % 20))
      }
      let start = simulation.runtime.loop.now
      let run = try await simulation.run("consume --idle-timeout 5s --order time t")
      #expect(run.lines == (0..<60).map { "\($0)" })
      #expect(simulation.runtime.loop.now - start < .seconds(7))
    }
  }

  @Test("damaged batches end reading, or are told of and skipped", arguments: ["", "--order time", "--tail 100"])
  func damage(option: String) throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      await simulation.cluster.damageRecords(of: "t", partition: 1, at: 4)
      await simulation.cluster.damageRecords(of: "t", partition: 1, at: 9)
      let failed = try await simulation.run("consume -e \(option) -p 1 t")
      #expect(failed.status == .refused)
      #expect(failed.messages.count == 1)
      #expect(failed.messages.first?.contains("checksum") == true, "\(failed.messages)")
      let skipped = try await simulation.run("consume -e -q \(option) --skip-corrupt t")
      #expect(skipped.status == .success)
      #expect(skipped.lines.count == 28)
      #expect(!skipped.lines.contains("1:4") && skipped.lines.contains("1:5"))
      #expect(skipped.messages.count == 2)
      #expect(skipped.messages.allSatisfy { $0.hasSuffix("skipped") }, "\(skipped.messages)")
    }
  }

  @Test("many damaged batches are counted rather than told of one by one")
  func muchDamage() throws {
    try simulateCommands { simulation in
      for number in 0..<50 {
        try await simulation.cluster.append([MockRecord(value: "\(number)")], to: "t")
        if number % 2 == 0 { await simulation.cluster.damageRecords(of: "t", partition: 0, at: Int64(number)) }
      }
      let run = try await simulation.run("consume -e --skip-corrupt t")
      #expect(run.status == .success && run.lines.count == 25)
      #expect(run.messages.count == 21)
      #expect(run.messages.last?.contains("5 more") == true)
    }
  }

  @Test(
    "the end is a place, whether there are records before it or not", arguments: ["-e", "--until end", "--tail 100"])
  func end(option: String) throws {
    try simulateCommands(topics: ["t": 4]) { simulation in
      try await Self.fill(simulation.cluster)
      // One partition lost records in the middle, one its last ones but one, one is emptied, and one never had any.
      for offset in [Int64(3), 4] { await simulation.cluster.compactRecords(of: "t", partition: 0, at: offset) }
      for offset in [Int64(7), 8] { await simulation.cluster.compactRecords(of: "t", partition: 1, at: offset) }
      await simulation.cluster.deleteRecords(of: "t", partition: 2, before: 10)
      let run = try await simulation.run("consume \(option) t")
      #expect(run.status == .success)
      #expect(run.lines.count == 16)
    }
  }

  @Test("topics are found by their names, without those of the cluster")
  func topicsRegex() throws {
    try simulateCommands(topics: ["orders-1": 1, "orders-2": 1, "other": 1]) { simulation in
      for topic in ["orders-1", "orders-2", "other"] {
        try await simulation.cluster.append([MockRecord(value: topic)], to: topic)
      }
      let run = try await simulation.run("consume -e --topics-regex ^orders")
      #expect(Set(run.lines) == ["orders-1", "orders-2"])
      let both = try await simulation.run("consume -e --topics-regex -2$ other")
      #expect(Set(both.lines) == ["orders-2", "other"])
      let none = try await simulation.run("consume -e --topics-regex nosuch")
      #expect(none.status == .refused)
      #expect(none.messages.count == 1 && none.messages[0].contains("nosuch"))
    }
  }

  /// Reads topics by their names while others are made, and gives what came of it.
  private static func readNewTopics(_ words: String) throws -> JobRun {
    let result = Mutex<JobRun?>(nil)
    try simulateCommands(topics: ["orders-1": 1, "other": 1]) { simulation in
      try await simulation.cluster.append([MockRecord(value: "before")], to: "orders-1")
      let (cluster, runtime) = (simulation.cluster, simulation.runtime)
      runtime.spawn {
        try await runtime.sleep(for: .seconds(10))
        for topic in ["orders-2", "unrelated"] {
          try await cluster.createTopic(topic, partitions: 2)
          try await cluster.append([MockRecord(value: "first")], to: topic, partition: 1)
        }
        try await runtime.sleep(for: .seconds(900))
        try await cluster.append([MockRecord(value: "second")], to: "orders-2", partition: 1)
        try await cluster.append([MockRecord(value: "again")], to: "orders-1", partition: 0)
        try await cluster.growTopic("orders-2", to: 3)
        try await cluster.append([MockRecord(value: "third")], to: "orders-2", partition: 2)
      }
      let run = try await simulation.run("consume --idle-timeout 20m --topics-regex ^orders -f %t:%p:%s\\n \(words)")
      result.withLock { $0 = run }
    }
    return try #require(result.withLock { $0 })
  }

  @Test("topics that are made later are found by their names and read from their beginning, and that is told")
  func topicsMadeLater() throws {
    let run = try Self.readNewTopics("-o end")
    #expect(run.status == .success)
    #expect(run.lines.sorted() == ["orders-1:0:again", "orders-2:1:first", "orders-2:1:second", "orders-2:2:third"])
    #expect(run.lines.first == "orders-2:1:first")
    #expect(
      run.messages == [
        "kavka: orders-2: the topic was found while others were read; it is read from its beginning",
        "kavka: orders-2:2: the partition was added to its topic; it is read from its beginning",
      ])
  }

  @Test(
    "topics that are made later are read as far as they are chosen, and not where reading has an end",
    arguments: [
      ("-p 0", ["orders-1:0:before", "orders-1:0:again"]),
      ("--filter topic=orders-1", ["orders-1:0:before", "orders-1:0:again"]), ("-e", ["orders-1:0:before"]),
      ("--until end", ["orders-1:0:before"]), ("--tail 3", ["orders-1:0:before"]),
    ])
  func topicsMadeLaterNotChosen(words: String, lines: [String]) throws {
    let run = try Self.readNewTopics(words)
    #expect(run.status == .success)
    #expect(run.lines == lines)
    #expect(run.messages.count == (words == "-p 0" ? 1 : 0), "\(run.messages)")
  }

  @Test("many topics are asked for together, not one after another")
  func manyTopics() throws {
    let names = (1...40).map { "t\($0)" }
    try simulateCommands(topics: Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })) { simulation in
      let start = simulation.runtime.loop.now
      let run = try await simulation.run("consume -e \(names.joined(separator: " "))")
      #expect(run.status == .success)
      #expect(await simulation.cluster.requestCount(of: .metadata) <= 3)
      #expect(simulation.runtime.loop.now - start < .seconds(1))
    }
  }

  @Test("only records that come keep an idle command going")
  func idle() throws {
    try simulateCommands(topics: ["t": 3]) { simulation in
      try await Self.fill(simulation.cluster)
      let start = simulation.runtime.loop.now
      let run = try await simulation.run("consume --idle-timeout 10s t")
      #expect(run.status == .success && run.lines.count == 30)
      let taken = simulation.runtime.loop.now - start
      #expect(taken >= .seconds(10) && taken < .seconds(11))
    }
  }

  @Test(
    "what contradicts itself or is not understood is refused",
    arguments: [
      "consume --tail 3 -o end t", "consume --tail 3 --until end t", "consume --tail 0 t", "consume --tail 1000001 t",
      "consume --order offset t", "consume --topics-regex [", "consume --topics-regex (a", "consume",
      "consume -o stored t",
    ])
  func refused(_ line: String) {
    #expect(throws: UsageError.self) {
      try CommandLineParser.parse(line.split(separator: " ").map { Argument(String($0)) }, environment: [:])
    }
  }
}
