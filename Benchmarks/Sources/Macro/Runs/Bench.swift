import TestHarness

/// What every kind of run needs: a cluster, the programs, and topics on it.
struct Bench {
  let cluster: Cluster
  let peers: Peers
  let folder: TemporaryFolder
  let runs: Int
  let isQuick: Bool

  var servers: String { cluster.servers }
  var errorFile: String { folder.file("errors") }
  private var tool: String { peers.kavka[0].path }

  /// The production as it is done now.
  func scaled(_ production: Production) -> Production {
    var production = production
    if isQuick { production.input.records = max(1, production.input.records / 10) }
    return production
  }

  func inputPath(_ input: Input) throws -> String { try InputFile.path(of: input, in: folder.inputs) }

  /// Runs a program that is not measured, and returns what it writes.
  @discardableResult
  func output(of program: String? = nil, _ arguments: [String], input: Stream = .null) throws -> String {
    let file = folder.file("answer")
    let command = Command(program: program ?? tool, arguments: arguments, input: input, output: .file(file))
    _ = try ChildProcess(command, errorFile: errorFile).usage()
    return try TextFile.contents(of: file)
  }

  // MARK: Topics

  /// Creates a topic whose partitions all have leaders.
  func newTopic(partitions: Int) throws -> String {
    let topic = cluster.newTopicName()
    try output(["produce", "-q", "-b", servers, "--create-topic=\(partitions):1", topic])
    _ = try recordCount(of: topic)
    return topic
  }

  func recordCount(of topic: String) throws -> Int {
    let lines = try output(["offsets", "-q", "-b", servers, topic]).split(separator: "\n")
    return try lines.reduce(0) { sum, line in
      let fields = line.split(separator: "\t")
      guard fields.count == 4, let first = Int(fields[2]), let end = Int(fields[3]) else {
        throw Failure("no offsets: \(line)")
      }
      return sum + end - first
    }
  }

  /// A topic that has what a production makes, once for each cluster.
  func filledTopic(_ production: Production) throws -> String {
    let production = scaled(production)
    if let topic = cluster.filled[production] { return topic }
    let topic = try newTopic(partitions: production.partitions)
    let path = try inputPath(production.input)
    guard let command = peers.kavka[0].producing(production, to: topic, at: servers, from: path) else { return topic }
    _ = try ChildProcess(command, errorFile: errorFile).usage()
    let count = try recordCount(of: topic)
    guard count == production.input.records else { throw Failure("\(topic) has \(count) records") }
    cluster.filled[production] = topic
    return topic
  }

  /// Reads a topic once.
  func drain(_ topic: String) throws {
    let command = peers.kavka[0].consuming(.discarded, of: topic, at: servers, limit: nil, output: .null)
    if let command { _ = try ChildProcess(command, errorFile: errorFile).usage() }
  }
}
