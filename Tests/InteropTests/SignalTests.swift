import Glibc
import TestHarness
import Testing

extension RealKafkaTests {
  @Suite("Signals") struct SignalTests {}
}

/// They concern the process more than the broker: the oldest and the newest release are enough.
extension RealKafkaTests.SignalTests {
  private static let releases = Array(
    Set([InstalledKafka.installed.first, InstalledKafka.installed.last].compactMap(\.self)))

  @Test("an idle producer dies of the signal, and what it has read is stored", arguments: releases, [SIGINT, SIGTERM])
  func idleProducer(release: InstalledKafka, signal: Int32) async throws {
    let topic = TestTopic("idle", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce("first\n")
    let producer = try Kavka.start(["produce", "-b", topic.servers, topic.name], input: nil)
    await producer.write(Array("a\nb\n".utf8))
    try await producer.inputWritten()
    #expect(try await topic.tryConsume("", ["-c", "3"]).text == "first\na\nb\n")
    producer.signal(signal)
    let result = await producer.end(within: .seconds(10))
    #expect(result.end == .signal(signal), "\(result)")
    #expect(result.errors.contains("acknowledged 2, failed 0, unknown 0"), "\(result)")
  }

  @Test("a busy producer stores what it says it has stored", arguments: releases)
  func busyProducer(release: InstalledKafka) async throws {
    let topic = TestTopic("busy", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce("first\n")
    let lines = (0..<400_000).map { "\($0)" }.bytes
    let producer = try Kavka.start(["produce", "-b", topic.servers, topic.name], input: nil)
    await producer.write(lines)
    // More than that is read only when the first batches have been sent.
    let reader = try Kavka.start(["consume", "-b", topic.servers, topic.name], input: [])
    await producer.write(lines)
    try await producer.inputWritten()
    producer.signal(SIGINT)
    let result = await producer.end(within: .seconds(20))
    #expect(result.end == .signal(SIGINT), "\(result)")
    reader.signal(SIGTERM)
    #expect(await reader.end().end == .signal(SIGTERM))
    let stored = try await Kavka.consume(topic.name, at: topic.servers, ["-o", "1"])
    #expect(difference(stored, Array((lines + lines).prefix(stored.count))) == nil)
    let count = stored.count { $0 == 0x0a }
    // The signal may come between two blocks of input, of which the first ends in the middle of a line.
    let summaries = [0, 1].map { "acknowledged \(count), failed \($0), unknown 0" }
    #expect(summaries.contains { result.errors.contains($0) }, "\(count) \(result)")
  }

  @Test("a consumer dies of the signal after it has written what came", arguments: releases, [SIGINT, SIGTERM])
  func consumer(release: InstalledKafka, signal: Int32) async throws {
    let topic = TestTopic("consumed", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce("a\nb\n")
    let consumer = try Kavka.start(["consume", "-b", topic.servers, topic.name], input: [])
    try await consumer.output(containing: "b\n")
    consumer.signal(signal)
    let result = await consumer.end(within: .seconds(10))
    #expect(result.end == .signal(signal), "\(result)")
    #expect(result.text == "a\nb\n")
    #expect(result.errors.isEmpty, "\(result)")
  }

  @Test("a consumer whose reader has gone dies of SIGPIPE without a word", arguments: releases, [1, 100_000])
  func brokenPipe(release: InstalledKafka, count: Int) async throws {
    let topic = TestTopic("piped", on: try await KafkaClusters.cluster(of: release))
    try await topic.produce((0..<count).map { "line \($0)" }.bytes)
    let script = #"kavka=$1; shift; "$kavka" consume "$@" | head -1; echo "${PIPESTATUS[0]}""#
    let process = try RunningProcess(
      "bash", ["-c", script, "pipe", Programs.kavka, "-b", topic.servers, topic.name])
    let result = await process.end(within: .seconds(20))
    #expect(result.text == "line 0\n141\n", "\(result)")
    #expect(result.errors.isEmpty, "\(result)")
  }
}
