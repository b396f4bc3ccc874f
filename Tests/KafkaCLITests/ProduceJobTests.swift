import Glibc
import KafkaClient
import KafkaMockBroker
import TestHarness
import Testing
import Transport

@testable import KafkaCLI

@Suite("Producing", .timeLimit(.minutes(1)))
struct ProduceJobTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func file(_ name: String, _ text: String) throws -> Argument {
    try directory.write(text, to: name)
    return Argument(directory.file(name))
  }

  private func stored(_ cluster: MockCluster, _ topic: String = "t", partition: Int32 = 0) async throws -> [String] {
    try await cluster.records(of: topic, partition: partition).map { String(decoding: $0.value ?? [], as: UTF8.self) }
  }

  // MARK: What is refused

  @Test("a record that only the broker finds too large is refused alone, by its line and size")
  func tooLarge() async throws {
    var configuration = MockClusterConfiguration(topics: ["t": 1])
    configuration.maximumBatchSize = 5000
    try await withMockCluster(configuration) { cluster in
      let input = try file("input", "a\n" + String(repeating: "x", count: 9000) + "\nb\n")
      let run = try ProduceRun(["t", input], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(run.lines.count == 2)
      #expect(run.lines[0].hasPrefix("kavka: line 2 (9000 bytes) not stored: Produce t:0 at broker 1 ("))
      #expect(run.lines[0].contains("MESSAGE_TOO_LARGE"))
      #expect(run.lines[1] == "kavka: acknowledged 2, failed 1, unknown 0")
      #expect(try await stored(cluster) == ["a", "b"])
    }
  }

  @Test("a record above the limit is refused alone, by its line and size")
  func aboveLimit() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let inputs = [try file("1", "a\n"), try file("2", "b\nlonger\nc\n")]
      let run = try ProduceRun(["--max-record-bytes", "3", "t"] + inputs, on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(
        run.lines[0]
          == "kavka: line 2 of \(directory.file("2")) (6 bytes) not sent: at most 3 bytes are allowed; "
          + "raise --max-record-bytes"
      )
      #expect(run.lines[1] == "kavka: acknowledged 3, failed 1, unknown 0")
      #expect(try await stored(cluster) == ["a", "b", "c"])
    }
  }

  @Test("records that the broker names are refused alone, by their lines in their files")
  func named() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.configureTopic("t", "cleanup.policy", "compact")
      let inputs = [try file("1", "k:1\n2\n"), try file("2", "k:3\nk:4\n5\nk:6\n")]
      let run = try ProduceRun(["-K", ":", "t"] + inputs, on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      // They are told together when they were in one batch.
      let text = run.lines.joined()
      #expect(text.contains("line 2 of \(directory.file("1")) ") && text.contains("line 3 of \(directory.file("2"))"))
      #expect(text.contains("not stored: Produce t:0 at broker 1"), "\(run.lines)")
      #expect(run.lines.last == "kavka: acknowledged 4, failed 2, unknown 0")
      #expect(try await stored(cluster) == ["1", "3", "4", "6"])
    }
  }

  @Test("failures for the same reason that come together are told in one line")
  func alike() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let input = try file("input", String(repeating: "too long\n", count: 100) + "ok\n")
      let run = try ProduceRun(["--max-record-bytes", "3", "t", input], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(
        run.lines == [
          "kavka: 100 records (lines 1 to 100) not sent: at most 3 bytes are allowed; raise --max-record-bytes",
          "kavka: acknowledged 1, failed 100, unknown 0",
        ])
    }
  }

  @Test("many failures are told one by one for a while, and then summed up")
  func manyFailures() async throws {
    try await withMockCluster(topics: ["t": 60]) { cluster in
      await cluster.inject(.error(.policyViolation), into: .produce)
      let input = try file("input", (1...600).map { "\($0)\n" }.joined())
      let run = try ProduceRun(["--partitioner", "round-robin", "t", input], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(run.lines.count == 22, "\(run.lines)")
      #expect(run.lines[0].contains("10 records (among lines "))
      #expect(run.lines[20].hasPrefix("kavka: 400 more records (among lines "))
      #expect(run.lines[20].hasSuffix(") not stored: Produce: POLICY_VIOLATION"))
      #expect(run.lines[21] == "kavka: acknowledged 0, failed 600, unknown 0")
    }
  }

  @Test("records that were refused as a batch are told by the range of their lines")
  func refusedBatch() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.inject(.error(.policyViolation), into: .produce, times: 1)
      let input = try file("input", (1...150).map { "\($0)\n" }.joined())
      let run = try ProduceRun(["t", input], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(run.lines[0].hasPrefix("kavka: 150 records (lines 1 to 150) not stored: Produce t:0 at broker 1 ("))
      #expect(run.lines[1] == "kavka: acknowledged 0, failed 150, unknown 0")
    }
  }

  // MARK: Input

  @Test(
    "what is read is the records, whatever ends them",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("\n", [""]), ("a\n\nb", ["a", "", "b"]),
    ] as [(String, [String])])
  func lines(text: String, records: [String]) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let input = try file("input", text)
      let run = try ProduceRun(["t", input, input], on: cluster.bootstrapServers)
      #expect(await run.end() == .success)
      #expect(run.lines == ["kavka: acknowledged \(records.count * 2), failed 0, unknown 0"])
      #expect(try await stored(cluster) == records + records)
    }
  }

  @Test("a file that cannot be read is found before anything is sent", arguments: ["missing", "."])
  func unreadable(name: String) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let input = try file("input", "a\n")
      let run = try ProduceRun(["t", input, Argument(directory.file(name))], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(run.lines.count == 2 && run.lines[0].hasPrefix("kavka: \(directory.file(name)): "))
      #expect(run.lines.last == "kavka: acknowledged 0, failed 0, unknown 0")
      #expect(await cluster.requestCount(of: .produce) == 0)
    }
  }

  @Test("an error in the middle of the input is told, what came before it is stored, and status 1 ends it")
  func readError() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      // Reading a process's memory at address 0 is an input/output error.
      let run = try ProduceRun(["t", try file("input", "a\nb\n"), "/proc/self/mem"], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(
        run.lines == [
          "kavka: /proc/self/mem: Input/output error", "kavka: acknowledged 2, failed 0, unknown 0",
        ])
      #expect(try await stored(cluster) == ["a", "b"])
    }
  }

  @Test("reading stops after so many records, and quiet is quiet when all are stored")
  func count() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let input = try file("input", (1...100).map { "\($0)\n" }.joined())
      let run = try ProduceRun(["-q", "-c", "7", "t", input], on: cluster.bootstrapServers)
      #expect(await run.end() == .success)
      #expect(run.lines.isEmpty)
      #expect(try await stored(cluster) == (1...7).map(String.init))
    }
  }

  @Test("quiet still tells of records that are not stored")
  func quiet() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try ProduceRun(
        ["-q", "--max-record-bytes", "1", "t", try file("input", "ab\nc\n")], on: cluster.bootstrapServers)
      #expect(await run.end() == .refused)
      #expect(run.lines.last == "kavka: acknowledged 1, failed 1, unknown 0")
    }
  }

  // MARK: Exit status

  @Test(
    "S19, S20: the status says what is known of the records",
    arguments: [
      (MockFault.error(.topicAuthorizationFailed), KafkaCLI.ExitStatus.denied, "acknowledged 0, failed 2, unknown 0"),
      (.error(.policyViolation), .refused, "acknowledged 0, failed 2, unknown 0"),
      (.noAnswer, .unknownOutcome, "acknowledged 0, failed 0, unknown 2"),
      (.error(.notEnoughReplicas), .unreachable, "acknowledged 0, failed 2, unknown 0"),
      (.error(.requestTimedOut), .unknownOutcome, "acknowledged 0, failed 0, unknown 2"),
    ])
  func status(fault: MockFault, status: KafkaCLI.ExitStatus, summary: String) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.inject(fault, into: .produce)
      let run = try ProduceRun(
        ["--delivery-timeout", "1s", "t", try file("input", "a\nb\n")], on: cluster.bootstrapServers)
      #expect(await run.end() == status, "\(run.lines)")
      #expect(run.lines.last == "kavka: \(summary)")
      #expect(run.lines.contains { $0.contains("2 records (lines 1 to 2)") && $0.contains("t:0") }, "\(run.lines)")
    }
  }

  @Test("brokers that cannot be reached, and topics that are not there, have their own statuses")
  func unavailable() async throws {
    let input = try file("input", "a\n")
    let unreachable = try ProduceRun(["--timeout", "300ms", "t", input], on: "127.0.0.1:1")
    #expect(await unreachable.end() == .unreachable)
    #expect(unreachable.lines.last == "kavka: acknowledged 0, failed 0, unknown 0")
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let missing = try ProduceRun(["-p", "3", "t", input], on: cluster.bootstrapServers)
      #expect(await missing.end() == .refused)
      #expect(missing.lines.last == "kavka: acknowledged 0, failed 0, unknown 0")
    }
  }

  @Test("S10: acknowledgements are as many as were asked for", arguments: [("all", "2, "), ("1", "2, "), ("0", "0, ")])
  func acks(acks: Argument, acknowledged: String) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try ProduceRun(["--acks", acks, "t", try file("input", "a\nb\n")], on: cluster.bootstrapServers)
      #expect(await run.end() == .success)
      let line = run.lines.last ?? ""
      #expect(line.hasPrefix("kavka: acknowledged \(acknowledged)failed 0, unknown 0"))
      #expect(line.hasSuffix(", sent without acknowledgement 2") == (acks == "0"))
      #expect(try await stored(cluster) == ["a", "b"])
    }
  }

  // MARK: Topics and partitions

  @Test("a missing topic is created, and one that is there is used")
  func creates() async throws {
    var configuration = MockClusterConfiguration(brokers: 3)
    configuration.createsTopics = false
    try await withMockCluster(configuration) { cluster in
      let input = try file("input", "a\n")
      let first = try ProduceRun(["--create-topic=5:2", "new", input], on: cluster.bootstrapServers)
      let second = try ProduceRun(["--create-topic=7", "new", input], on: cluster.bootstrapServers)
      async let statuses = [first.end(), second.end()]
      #expect(await statuses == [.success, .success])
      let created = (first.lines + second.lines).filter { $0 == "kavka: created topic new" }
      #expect(created.count == 1)
      let without = try ProduceRun(["other", input], on: cluster.bootstrapServers)
      #expect(await without.end() == .refused)
      #expect(await cluster.topics == ["new"])
    }
  }

  @Test("round-robin deals records out in turn, random ones go everywhere, and -p decides for all")
  func partitioners() async throws {
    try await withMockCluster(topics: ["turn": 3, "random": 3, "one": 3]) { cluster in
      let input = try file("input", (0..<300).map { "\($0)\n" }.joined())
      for words: [Argument] in [
        ["--partitioner", "round-robin", "turn"], ["--partitioner", "random", "random"], ["-p", "2", "one"],
      ] {
        #expect(await (try ProduceRun(words + [input], on: cluster.bootstrapServers)).end() == .success)
      }
      for partition in 0..<3 {
        #expect(
          try await stored(cluster, "turn", partition: Int32(partition)) == (0..<100).map { "\($0 * 3 + partition)" })
        #expect(try await (50..<150).contains(stored(cluster, "random", partition: Int32(partition)).count))
      }
      #expect(try await stored(cluster, "one", partition: 2).count == 300)
    }
  }

  // MARK: Time

  @Test("while nothing comes in, the leaders are connected to, and the topic is asked for once")
  func silence() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let path = directory.file("fifo")
      #expect(mkfifo(path, 0o600) == 0)
      let run = try ProduceRun(["-q", "t", Argument(path)], on: cluster.bootstrapServers)
      async let status = run.end()
      let descriptor = try await openForWriting(path)
      // One connection for questions, one for records.
      try await waitUntil { await cluster.requestCount(of: .apiVersions) >= 2 }
      #expect(await cluster.requestCount(of: .produce) == 0)
      #expect(await cluster.requestCount(of: .metadata) == 1)
      #expect(write(descriptor, "a\n", 2) == 2)
      close(descriptor)
      #expect(await status == .success)
      #expect(try await stored(cluster) == ["a"])
      #expect(await cluster.requestCount(of: .apiVersions) == 2)
    }
  }

  // MARK: Signals

  @Test("a signal before any broker is reached ends it at once, with its last line", arguments: [SIGINT, SIGTERM])
  func earlySignal(signal: Int32) async throws {
    // A listener that never answers.
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    defer { close(listener) }
    #expect(listen(listener, 16) == 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    #expect(named == 0)
    let run = try ProduceRun(
      ["--timeout", "1s", "t", try file("input", "a\n")], on: "127.0.0.1:\(UInt16(bigEndian: address.sin_port))")
    async let status = run.end()
    run.signal(signal)
    // The process would be gone here; in a test the job goes on without being heard.
    #expect(await status == .signal(signal))
    #expect(run.leftBySignal == signal)
    #expect(run.lines.first == "kavka: acknowledged 0, failed 0, unknown 0")
  }

  @Test("after a signal what was read is sent, and a line cut short is counted")
  func signal() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let path = directory.file("fifo")
      #expect(mkfifo(path, 0o600) == 0)
      let run = try ProduceRun(["t", Argument(path)], on: cluster.bootstrapServers)
      async let status = run.end()
      let descriptor = try await openForWriting(path)
      defer { close(descriptor) }
      #expect(write(descriptor, "a\nb\nhal", 7) == 7)
      try await waitUntil { try await stored(cluster).count >= 2 }
      run.signal(SIGTERM)
      #expect(await status == .signal(SIGTERM))
      #expect(
        run.lines == [
          "kavka: line 3 (3 bytes) not sent: reading ended in the middle of it",
          "kavka: acknowledged 2, failed 1, unknown 0",
        ])
    }
  }

  @Test("a second signal gives up what is on its way, and what was read and never sent has failed")
  func secondSignal() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.inject(.noAnswer, into: .produce)
      let input = try file("input", String(repeating: String(repeating: "x", count: 99) + "\n", count: 300_000))
      let run = try ProduceRun(["t", input], on: cluster.bootstrapServers)
      async let status = run.end()
      try await waitUntil { await cluster.requestCount(of: .produce) > 0 }
      run.signal(SIGINT)
      run.signal(SIGINT)
      #expect(await status == .signal(SIGINT))
      let numbers = (run.lines.last ?? "").split { !$0.isNumber }.compactMap { Int($0) }
      #expect(numbers.count == 3 && numbers[0] == 0 && numbers[2] > 0)
      // All that was read from the file is accounted for: whole blocks of it.
      let read = numbers.reduce(0, +)
      #expect(
        read == 300_000 || (read * 100 + 99) / InputReader.blockSize > (read * 100 - 100) / InputReader.blockSize,
        "\(run.lines)")
    }
  }

  /// Opens a FIFO once the job reads it, without blocking this task's thread.
  private func openForWriting(_ path: String) async throws -> Int32 {
    var descriptor: Int32 = -1
    try await waitUntil {
      descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      return descriptor >= 0
    }
    return descriptor
  }
}
