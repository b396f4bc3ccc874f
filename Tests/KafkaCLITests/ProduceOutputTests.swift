import Glibc
import KafkaMockBroker
import TestHarness
import Testing
import Transport

@testable import KafkaCLI

/// What produce writes to standard output: reports of deliveries, or a copy of its input.
@Suite("Output of produce", .timeLimit(.minutes(1)))
struct ProduceOutputTests {
  private let directory: TemporaryDirectory

  /// Divides an endless input of zeros.
  private static let zeros = Argument(String(repeating: "\\0", count: 500))

  init() throws { directory = try TemporaryDirectory() }

  private func file(_ name: String, _ text: String) throws -> Argument {
    try directory.write(text, to: name)
    return Argument(directory.file(name))
  }

  /// Runs produce with its output in a file.
  private func produce(
    _ words: [Argument], on cluster: MockCluster
  ) async throws -> (status: KafkaCLI.ExitStatus, output: String, lines: [String]) {
    let descriptor = open(directory.file("output"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let run = try ProduceRun(words, on: cluster.bootstrapServers, output: descriptor)
    let status = await run.end()
    return (status, directory.contents(of: "output") ?? "", run.lines)
  }

  // MARK: Reports

  @Test("each stored record has a line, in the order of the input")
  func report() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      try await cluster.append([MockRecord(value: [0x78])], to: "t")
      let input = try file("input", "a\nb\nc\n")
      let run = try await produce(["-r", "text", "--timestamp", "17", "t", input], on: cluster)
      #expect(run.status == .success)
      #expect(run.output == "t\t0\t1\t17\nt\t0\t2\t17\nt\t0\t3\t17\n")
      #expect(run.lines == ["kavka: acknowledged 3, failed 0, unknown 0"])
      let json = try await produce(["--report", "json", "--timestamp", "18", "t", input, "-c", "1"], on: cluster)
      #expect(json.output == #"{"topic":"t","partition":0,"offset":4,"timestamp":18}"# + "\n", "\(json.lines)")
    }
  }

  @Test("lines of a partition are in order, whatever happens on the way, and none is there twice")
  func reportOrder() async throws {
    try await withMockCluster(topics: ["t": 3]) { cluster in
      await cluster.inject(.error(.notLeaderOrFollower), into: .produce, times: 2)
      await cluster.inject(.closeAfter(bytes: 0), into: .produce, times: 1)
      let input = try file("input", (0..<3000).map { "\($0)\n" }.joined())
      let run = try await produce(
        ["-r", "text", "--partitioner", "round-robin", "--batch-bytes", "500", "t", input], on: cluster)
      #expect(run.status == .success, "\(run.lines)")
      var offsets: [Substring: [Int]] = [:]
      for line in run.output.split(separator: "\n") {
        let fields = line.split(separator: "\t")
        offsets[fields[1], default: []].append(Int(fields[2]) ?? -1)
      }
      #expect(offsets == ["0": Array(0..<1000), "1": Array(0..<1000), "2": Array(0..<1000)])
    }
  }

  @Test("what is not stored has no line, and the broker's time is told where the topic has it")
  func reportOfStored() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.configureTopic("t", "cleanup.policy", "compact")
      await cluster.configureTopic("t", "message.timestamp.type", "LogAppendTime")
      let input = try file("input", "k:a\nb\nk:c\n")
      let run = try await produce(["-r", "text", "-K", ":", "--timestamp", "17", "t", input], on: cluster)
      #expect(run.status == .refused)
      let lines = run.output.split(separator: "\n").map { $0.split(separator: "\t") }
      #expect(lines.map { $0[2] } == ["0", "1"])
      #expect(lines.allSatisfy { (Int64($0[3]) ?? 0) > 1_600_000_000_000 })
    }
  }

  @Test("a time that the broker's format does not have is not told")
  func reportWithoutTime() async throws {
    var configuration = MockClusterConfiguration(topics: ["t": 1])
    configuration.release = .v0_9_0
    try await withMockCluster(configuration) { cluster in
      let input = try file("input", "a\n")
      #expect(try await produce(["-r", "text", "t", input], on: cluster).output == "t\t0\t0\t-1\n")
      let json = try await produce(["-r", "json", "t", input], on: cluster)
      #expect(json.output == #"{"topic":"t","partition":0,"offset":1,"timestamp":null}"# + "\n")
    }
  }

  @Test("a time that the broker's format does not have is refused, and never left out")
  func timeForOldBroker() async throws {
    var configuration = MockClusterConfiguration(topics: ["t": 1])
    configuration.release = .v0_9_0
    try await withMockCluster(configuration) { cluster in
      let refusal = try await produce(["--timestamp", "17", "t", try file("input", "a\n")], on: cluster)
      #expect(refusal.status == .refused)
      #expect(
        refusal.lines.first == "kavka: the broker is older than 0.10 and has no timestamps; leave out --timestamp")
      #expect(await cluster.offsets(of: "t", partition: 0) == 0..<0)
      let records = """
        {"value":"a","timestamp":null}
        {"value":"b","timestamp":17}
        {"value":"c"}
        """
      let run = try await produce(["-i", "json", "t", try file("records", records)], on: cluster)
      #expect(run.status == .refused)
      #expect(
        run.lines == [
          "kavka: line 2 (1 byte) not sent: it has a timestamp, and the broker is older than 0.10 and has none",
          "kavka: acknowledged 2, failed 1, unknown 0",
        ])
    }
  }

  @Test("a record of which the broker says only that it has it already is told without an offset")
  func reportWithoutOffset() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      await cluster.inject(.errorAfterProcessing(MockErrorCode(rawValue: 46)), into: .produce, times: 2)
      let input = try file("input", "a\nb\n")
      let text = try await produce(["-r", "text", "--timestamp", "17", "t", input], on: cluster)
      #expect(text.status == .success)
      #expect(text.output == "t\t0\t-1\t17\nt\t0\t-1\t17\n")
      let json = try await produce(["-r", "json", "--timestamp", "17", "-c", "1", "t", input], on: cluster)
      #expect(json.output == #"{"topic":"t","partition":0,"offset":null,"timestamp":17}"# + "\n")
    }
  }

  // MARK: The copy

  @Test(
    "the input is copied byte for byte",
    arguments: [
      "", "a", "a\nb\n", "\n\n", "a\0b\r\n\u{1}x",
      String(repeating: String(repeating: "x", count: 999) + "\n", count: 3000),
    ])
  func copy(text: String) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try await produce(["-T", "t", try file("input", text)], on: cluster)
      #expect(run.status == .success)
      #expect(run.output == text)
    }
  }

  @Test("the copy ends with the last record that is sent")
  func copyOfSome() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try await produce(["-T", "-c", "2", "-D", "--", "t", try file("input", "a--b--c--d")], on: cluster)
      #expect(run.output == "a--b--")
      #expect(run.lines == ["kavka: acknowledged 2, failed 0, unknown 0"])
    }
  }

  // MARK: An output that takes nothing

  @Test(
    "S38: when its reader has gone, what was read is sent and it dies of SIGPIPE",
    arguments: [["-T"], ["-r", "text"]])
  func brokenPipe(words: [Argument]) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let pipe = try Pipe()
      close(pipe.readEnd)
      defer { close(pipe.writeEnd) }
      let input = try file("input", "a\nb\n")
      let run = try ProduceRun(words + ["t", input], on: cluster.bootstrapServers, output: pipe.writeEnd)
      #expect(await run.end() == .brokenPipe)
      #expect(run.lines == ["kavka: acknowledged 2, failed 0, unknown 0"])
      #expect(await cluster.offsets(of: "t", partition: 0) == 0..<2)
    }
  }

  @Test("input without an end is no longer read once the copy has no reader")
  func brokenPipeEndsReading() async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let pipe = try Pipe()
      close(pipe.readEnd)
      defer { close(pipe.writeEnd) }
      let run = try ProduceRun(
        ["-T", "t", "/dev/zero", "-D", Self.zeros], on: cluster.bootstrapServers, output: pipe.writeEnd)
      #expect(await run.end() == .brokenPipe)
    }
  }

  @Test("an output that is full ends it with status 1", arguments: [["-T"], ["-r", "json"]])
  func fullOutput(words: [Argument]) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
      defer { close(full) }
      let input = try file("input", "a\nb\n")
      let run = try ProduceRun(words + ["t", input], on: cluster.bootstrapServers, output: full)
      #expect(await run.end() == .refused)
      #expect(
        run.lines == [
          "kavka: standard output: No space left on device", "kavka: acknowledged 2, failed 0, unknown 0",
        ])
    }
  }

  @Test(
    "an output that is not read holds the input up, and two signals end that", arguments: [["-T"], ["-r", "text"]])
  func blockedOutput(words: [Argument]) async throws {
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let pipe = try Pipe()
      defer {
        close(pipe.readEnd)
        close(pipe.writeEnd)
      }
      let run = try ProduceRun(
        words + ["t", "/dev/zero", "-D", Self.zeros, "--batch-bytes", "1M"], on: cluster.bootstrapServers,
        output: pipe.writeEnd)
      async let status = run.end()
      var count: Int64 = -1
      // Reading has stopped when no more comes for a while. Nothing tells of that: the thread that writes is held up by
      // the system, so this waits on the clock. A machine that is slower than that is sent its signals early, and
      // passes.
      while true {
        try await Task.sleep(for: .milliseconds(300))
        let now = await cluster.offsets(of: "t", partition: 0)?.upperBound ?? 0
        if now == count, now > 0 { break }
        count = now
      }
      run.signal(SIGINT)
      run.signal(SIGINT)
      #expect(await status == .signal(SIGINT))
    }
  }

  @Test("a copy and reports exclude each other, and reports need acknowledgements")
  func contradictions() throws {
    func refusal(_ words: [Argument]) -> String? {
      #expect(throws: UsageError.self) { try CommandLineParser.parse(["produce", "t"] + words, environment: [:]) }?
        .message
    }
    #expect(refusal(["-T", "-r", "text"]) == "-T and -r exclude each other; both write to standard output")
    #expect(
      refusal(["-r", "text", "--acks", "0"])
        == "-r and acknowledgement 0 exclude each other; without it nothing is known to be stored")
    #expect(refusal(["-r", "xml"]) == "option -r: 'xml' is not one of text, json")
  }
}
