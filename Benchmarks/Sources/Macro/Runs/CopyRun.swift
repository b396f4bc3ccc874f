import TestHarness

/// A topic copied through JSON by two processes, and each of them alone.
struct CopyRun {
  /// The label of the half that takes longer.
  static let slowerHalf = "the slower half"

  private let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func measure(_ recorder: Recorder) throws {
    let source = try bench.filledTopic(Production())
    let records = bench.scaled(Production()).input.records
    let file = bench.folder.file("records")
    for peer in bench.peers.kavka {
      func consuming(_ output: Stream) -> Command? {
        peer.consuming(.json, of: source, at: bench.servers, limit: nil, output: output)
      }
      func producing(_ topic: String, _ input: Stream) -> Command {
        Command(
          program: peer.path, arguments: ["produce", "-q", "-b", bench.servers, "-i", "json", topic], input: input)
      }
      guard let alone = consuming(.null), let prepared = consuming(.file(file)) else { continue }
      _ = try ChildProcess(prepared, errorFile: bench.errorFile).usage()
      let halves = ["consume -J", "produce -i json"].map { "\(peer.label) \($0)" }
      let own = Recorder(benchmark: "copy", cluster: bench.cluster.kind.rawValue)
      [
        Entrant(label: peer.label) { try both(consuming, producing, records) },
        Entrant(label: halves[0]) { try ChildProcess(alone, errorFile: bench.errorFile).usage() },
        Entrant(label: halves[1]) {
          try into(records) { try ChildProcess(producing($0, .file(file)), errorFile: bench.errorFile).usage() }
        },
      ].measure(runs: bench.runs, own)
      let slower = own.outcomes.filter { halves.contains($0.peer) && $0.metric == .wall }
        .max { ($0.median ?? 0) < ($1.median ?? 0) }
      recorder.add(own.outcomes)
      if let slower { recorder.add(Self.slowerHalf, .wall, slower.values) }
    }
  }

  private func both(_ consuming: (Stream) -> Command?, _ producing: (String, Stream) -> Command, _ records: Int) throws
    -> ProcessUsage
  {
    try into(records) { topic in
      let pipe = try ClosingPipe()
      guard let reading = consuming(.descriptor(pipe.writeEnd)) else { throw Failure("nothing to copy") }
      let consumer = try ChildProcess(reading, errorFile: bench.errorFile)
      let producer = try ChildProcess(
        producing(topic, .descriptor(pipe.readEnd)), errorFile: bench.folder.file("more-errors"))
      pipe.closeEnd(pipe.writeEnd)
      pipe.closeEnd(pipe.readEnd)
      let first = try consumer.usage()
      let second = try producer.usage()
      return first.beside(second)
    }
  }

  /// Gives `body` a new topic, and checks what is in it then.
  private func into(_ records: Int, _ body: (String) throws -> ProcessUsage) throws -> ProcessUsage {
    let topic = try bench.newTopic(partitions: 1)
    let usage = try body(topic)
    let count = try bench.recordCount(of: topic)
    guard count == records else { throw Failure("\(count) records were copied") }
    return usage
  }
}
