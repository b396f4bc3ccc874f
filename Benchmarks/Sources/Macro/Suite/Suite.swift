import Glibc
import Results
import TestHarness

/// Runs benchmarks one after the other on one kind of cluster after the other.
final class Suite {
  let options: Options
  let peers: Peers
  let folder: TemporaryFolder
  private let release: InstalledKafka?
  private var cluster: Cluster?

  init(_ options: Options) throws {
    self.options = options
    peers = try Peers(builds: options.builds, only: options.peers)
    release = options.clusters.contains(.kafka) ? InstalledKafka.installed.last(where: \.hasKRaft) : nil
    if options.clusters.contains(.free), peers.faked == nil { print("no kfaked: the group free is left out") }
    folder = try TemporaryFolder()
  }

  func run() throws {
    defer {
      cluster?.stop()
      folder.remove()
    }
    let selected = try options.selected()
    for kind in options.clusters where isThere(kind) {
      let benchmarks = selected.filter { $0.clusters.contains(kind) }
      guard !benchmarks.isEmpty else { continue }
      var file = OutcomeFile(setting: setting(kind))
      print("\n# \(file.setting.cluster), \(file.setting.machine)")
      // A cluster that is slow to start is started once for each number of brokers.
      for brokers in Set(benchmarks.map(\.brokers)).sorted() {
        for benchmark in benchmarks where benchmark.brokers == brokers {
          let outcomes = measure(benchmark, on: kind)
          print(OutcomeText.text(of: benchmark, outcomes, builds: peers.kavka.map(\.label)))
          // Where it goes to a file, what is there so far can be read.
          fflush(nil)
          for outcome in outcomes { file.insert(outcome) }
          if options.keepsResults { try file.merge(into: "\(options.results)/macro-\(kind.rawValue).jsonl") }
        }
      }
      stopCluster()
    }
  }

  private func isThere(_ kind: ClusterKind) -> Bool {
    switch kind {
    case .mock: true
    case .kafka: release != nil
    case .free: peers.faked != nil
    }
  }

  private func setting(_ kind: ClusterKind) -> OutcomeFile.Setting {
    OutcomeFile.Setting(
      machine: Machine.description, cluster: name(of: kind), programs: peers.all.map { $0.version(folder) },
      runs: options.runs ?? Options.usualRuns)
  }

  private func name(of kind: ClusterKind) -> String {
    switch kind {
    case .mock: "kavka mock"
    case .kafka: "Kafka \(release.map { "\($0.version)" } ?? "")"
    case .free: "kfaked"
    }
  }

  /// Measures and never throws: what fails is an outcome too, and the next benchmark begins anew.
  private func measure(_ benchmark: Benchmark, on kind: ClusterKind) -> [Outcome] {
    let recorder = Recorder(benchmark: benchmark.name, cluster: kind.rawValue)
    do {
      let cluster = try cluster(for: benchmark, kind)
      let bench = Bench(
        cluster: cluster, peers: peers, folder: folder, runs: options.runs(of: benchmark), isQuick: options.isQuick)
      switch benchmark.work {
      case .produce(let production): try ProduceRun(bench, production).measure(recorder)
      case .consume(let consumption): try ConsumeRun(bench, consumption).measure(recorder)
      case .query(let query, let partitions): try QueryRun(bench, query, partitions).measure(recorder)
      case .copy: try CopyRun(bench).measure(recorder)
      case .latency: try LatencyRun(bench).measure(recorder)
      case .memoryProducing: try MemoryProducingRun(bench).measure(recorder)
      case .memoryConsuming: try MemoryConsumingRun(bench).measure(recorder)
      }
    } catch {
      recorder.fail("all", "\(error)")
      stopCluster()
    }
    return recorder.outcomes
  }

  // MARK: Clusters

  /// Kafka is used as long as possible; the others are cheap to start, and what they keep is memory.
  private func cluster(for benchmark: Benchmark, _ kind: ClusterKind) throws -> Cluster {
    if let cluster, kind == .kafka, cluster.kind == kind, cluster.brokers == benchmark.brokers { return cluster }
    stopCluster()
    let started = try start(kind, brokers: benchmark.brokers, for: benchmark)
    cluster = started
    if kind == .kafka { try warm(started) }
    return started
  }

  private func start(_ kind: ClusterKind, brokers: Int, for benchmark: Benchmark) throws -> Cluster {
    let errors = folder.file("cluster-errors")
    switch kind {
    case .mock:
      return try Cluster.start(
        kind, brokers: brokers, program: peers.kavka[0].path, ["mock", "-q", "--brokers", "\(brokers)"],
        errorFile: errors)
    case .kafka:
      guard let release else { throw Failure("no Kafka") }
      return try Cluster.start(release, brokers: brokers, folder: folder.file("kafka"), errorFile: errors)
    case .free:
      guard let faked = peers.faked else { throw Failure("no kfaked") }
      var arguments = ["-brokers", "\(brokers)"]
      if case .consume(let consumption) = benchmark.work {
        let codec = consumption.production.codec
        arguments += ["-synthetic", "9000:100" + (codec == .none ? "" : ":\(codec)")]
      } else {
        arguments.append("-blackhole")
      }
      return try Cluster.start(kind, brokers: brokers, program: faked, arguments, errorFile: errors)
    }
  }

  /// Lets a virtual machine compile what it will run.
  private func warm(_ cluster: Cluster) throws {
    let bench = Bench(cluster: cluster, peers: peers, folder: folder, runs: 1, isQuick: options.isQuick)
    for _ in 0..<(options.isQuick ? 2 : 6) {
      let topic = try bench.filledTopic(Production())
      cluster.filled = [:]
      try bench.drain(topic)
    }
  }

  private func stopCluster() {
    cluster?.stop()
    cluster = nil
  }
}
