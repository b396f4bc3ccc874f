import TestHarness

/// Lines of a file into a topic that all programs fill in turn.
struct ProduceRun {
  private let bench: Bench
  private let production: Production

  init(_ bench: Bench, _ production: Production) {
    self.bench = bench
    self.production = bench.scaled(production)
  }

  func measure(_ recorder: Recorder) throws {
    let path = try bench.inputPath(production.input)
    let topic = try bench.newTopic(partitions: production.partitions)
    let entrants = bench.peers.all.compactMap { peer -> Entrant? in
      guard let command = peer.producing(production, to: topic, at: bench.servers, from: path) else { return nil }
      return Entrant(label: peer.label) { try run(command, topic) }
    }
    // A broker makes files for what comes to a partition first and writes some through to the disk, for many partitions
    // over several runs: not our cost.
    for _ in 0..<(production.partitions < 100 ? 1 : 3) { _ = try entrants.first?.run() }
    entrants.measure(runs: bench.runs, recorder)
  }

  private func run(_ command: Command, _ topic: String) throws -> ProcessUsage {
    // That broker keeps nothing.
    let isKept = bench.cluster.kind != .free
    let before = isKept ? try bench.recordCount(of: topic) : 0
    let usage = try ChildProcess(command, errorFile: bench.errorFile).usage()
    if isKept {
      let count = try bench.recordCount(of: topic) - before
      guard count == production.input.records else { throw Failure("\(command.program) stored \(count) records") }
    }
    return usage
  }
}
