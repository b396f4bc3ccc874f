import Glibc
import KafkaMockBroker
import Testing
import Transport

@testable import KafkaCLI
@testable import KafkaClient

@Suite("Progress")
struct ProgressTests {
  private typealias Work = ProgressMeter.Work

  @Test(
    "a line has numbers, rates, and where an end is known what is done and left",
    arguments: [
      (Work(records: 1, bytes: 1023, done: 1), "1 record, 1023 B, 1 records/s, 1023 B/s"),
      (
        Work(records: 3000, bytes: 3 << 20, done: 25, total: 100),
        "3000 records, 3.0 MiB, 3000 records/s, 3.0 MiB/s, 25%, 3s left"
      ),
      (
        Work(records: 5, bytes: 1536, done: 1, total: 101), "5 records, 1.5 KiB, 5 records/s, 1.5 KiB/s, 0%, 1m40s left"
      ),
      (Work(records: 5, bytes: 0, done: 1, total: 7201), "5 records, 0 B, 5 records/s, 0 B/s, 0%, 2h00m left"),
      (Work(records: 9, bytes: 0, done: 9, total: 9), "9 records, 0 B, 9 records/s, 0 B/s, 100%"),
      (Work(records: 9, bytes: 0, done: 99, total: 9), "9 records, 0 B, 9 records/s, 0 B/s, 100%"),
      (Work(records: 0, bytes: 0, done: 0, total: 9), "0 records, 0 B, 0 records/s, 0 B/s, 0%"),
      (Work(records: 0, bytes: 0, done: 0, total: 0), "0 records, 0 B, 0 records/s, 0 B/s"),
      (
        Work(records: .max, bytes: .max, done: 1, total: .max),
        "9223372036854775807 records, 8388608.0 TiB, 1000000000000000 records/s, 8388608.0 TiB/s, 0%, 277777h46m left"
      ),
    ])
  func line(work: ProgressMeter.Work, expected: String) {
    #expect(ProgressText(work, since: Work(), over: .seconds(1), elapsed: .seconds(1)).line == expected)
  }

  @Test("rates are those since the line before, and the time left is reckoned from the beginning")
  func rates() {
    let earlier = Work(records: 1000, bytes: 1000, done: 10, total: 100)
    let work = Work(records: 1100, bytes: 1100, done: 20, total: 100)
    #expect(
      ProgressText(work, since: earlier, over: .seconds(2), elapsed: .seconds(10)).line
        == "1100 records, 1.0 KiB, 50 records/s, 50 B/s, 20%, 40s left")
  }

  @Test(
    "it is told where it is asked for, or where a terminal is free for it, and never quietly",
    arguments: [
      (TerminalStyle.plain, false, true, .rewritten), (.plain, false, false, nil), (.coloured, true, false, .rewritten),
      (.exact, false, true, nil), (.exact, true, false, .lines),
    ] as [(TerminalStyle, Bool, Bool, ProgressForm?)])
  func form(style: TerminalStyle, isAsked: Bool, isFit: Bool, expected: ProgressForm?) {
    let stream = MessageStream(style: style) { _, _ in .zero }
    #expect(Diagnostics(to: stream).progressForm(isAsked: isAsked, isFit: isFit) == expected)
    #expect(Diagnostics(isQuiet: true, to: stream).progressForm(isAsked: isAsked, isFit: isFit) == nil)
    let busy = Diagnostics(to: stream).heard(hasRoomForProgress: false) { true }
    #expect(busy.progressForm(isAsked: false, isFit: isFit) == nil)
  }

  @Test("consume --progress ends with a line of the whole", arguments: ["-e", "-c 3", "--until end"])
  func consuming(end: String) throws {
    try simulateCommands(topics: ["t": 2]) { simulation in
      try await simulation.produce([("a", 0), ("b", 1), ("c", 0)])
      let run = try await simulation.run("consume t --progress \(end)")
      #expect(run.status == .success)
      #expect(run.lines.sorted() == ["a", "b", "c"])
      let line = try #require(run.messages.last)
      #expect(line.hasPrefix("kavka: 3 records, 6 B, "))
      #expect(run.messages.count == 1)
    }
  }

  @Test(
    "offsets that no partition can have are no trap",
    arguments: [(0, nil), (.min, nil), (0, .max), (.min, .max)] as [(Int64, Int64?)])
  func impossibleOffsets(start: Int64, end: Int64?) throws {
    try simulateCommands { simulation in
      let client = KafkaClient(KafkaClientConfiguration(bootstrap: []), runtime: simulation.runtime)
      let text = CollectedText()
      let context = JobContext(
        client: client, diagnostics: Diagnostics { text.append($0) }, interrupts: Interrupts { _ in },
        outputDescriptor: STDOUT_FILENO)
      let partitions = (0..<3).map { TopicPartition("t", $0) }
      var progress = try #require(
        ConsumeProgress(
          partitions.map { PartitionRange($0, start: start, end: end) }, count: nil, stopsAtEnd: true, isAsked: true,
          context))
      for (number, partition) in partitions.enumerated() {
        let batch = KafkaRecordBatch(
          partition: partition, highWatermark: .max, opened: try SampleRecord(value: "a").batch(),
          wanted: start..<(end ?? .max))
        progress.wrote(batch, records: Int64(number + 1), bytes: 2)
      }
      try await simulation.runtime.sleep(for: .seconds(6))
      progress.stop()
      await client.close()
      let line = try #require(text.lines.first)
      #expect(line.hasPrefix("kavka: 3 records, 2 B, "))
      #expect(line.contains(start == 0 ? ", 0%, " : ", 100%"))
    }
  }

  @Test("consume tells it every five seconds")
  func repeated() throws {
    try simulateCommands { simulation in
      try await simulation.produce([("a", 0)])
      let run = try await simulation.run("consume t --progress --idle-timeout 11s")
      #expect(run.messages.count == 3)
      #expect(run.messages.allSatisfy { $0.hasPrefix("kavka: 1 record, 2 B, ") })
    }
  }

  @Test("consume without --progress tells nothing where no terminal is")
  func notAsked() throws {
    try simulateCommands { simulation in
      try await simulation.produce([("a", 0)])
      #expect(try await simulation.run("consume t -e").messages == [])
    }
  }

  @Test("what is left of a regular file is the measure of what there is to read, and a pipe has none")
  func inputSize() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("input")
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    #expect(write(descriptor, "12345", 5) == 5)
    close(descriptor)
    #expect(InputFile(path: Array(path.utf8)).unreadSize == 5)
    #expect(InputFile(path: Array("/dev/null".utf8)).unreadSize == nil)
    #expect(InputFile(path: Array(directory.file("none").utf8)).unreadSize == nil)
  }

  @Test("quiet and progress exclude each other", arguments: ["consume t", "produce t"])
  func quiet(line: String) {
    let words = (line + " -q --progress").split(separator: " ").map { Argument(String($0)) }
    #expect(throws: UsageError.self) { try CommandLineParser.parse(words, environment: [:]) }
  }
}

extension CommandSimulation {
  /// Stores values, each in its partition of the topic `t`.
  fileprivate func produce(_ values: [(value: String, partition: Int32)]) async throws {
    for (value, partition) in values {
      try await cluster.append([MockRecord(value: value)], to: "t", partition: partition)
    }
  }
}
