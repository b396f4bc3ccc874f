import TestHarness

/// Whole processes that ask one thing, of a topic whose first partition has records.
struct QueryRun {
  private let bench: Bench
  private let query: Query
  private let partitions: Int

  init(_ bench: Bench, _ query: Query, _ partitions: Int) {
    self.bench = bench
    self.query = query
    self.partitions = partitions
  }

  func measure(_ recorder: Recorder) throws {
    let topic = try bench.newTopic(partitions: partitions)
    let input = try bench.inputPath(Input(records: 1000, valueBytes: 100))
    try bench.output(["produce", "-q", "-b", bench.servers, "-p", "0", topic], input: .file(input))
    bench.peers.all.compactMap { peer -> Entrant? in
      guard var command = peer.asking(query, of: topic, at: bench.servers) else { return nil }
      let file = bench.folder.file("answer")
      command.output = .file(file)
      return Entrant(label: peer.label) {
        let usage = try ChildProcess(command, errorFile: bench.errorFile).usage()
        let expected =
          switch query {
          case .metadata: topic
          case .offset: "1000"
          case .lastRecord: "00000999 "
          }
        guard try TextFile.contents(of: file).contains(expected) else {
          throw Failure("\(peer.label) answered without \(expected)")
        }
        return usage
      }
    }.measure(runs: bench.runs * 8, recorder)
  }
}
