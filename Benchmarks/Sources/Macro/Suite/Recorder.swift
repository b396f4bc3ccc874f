/// Gathers the outcomes of one benchmark on one cluster.
final class Recorder {
  private let benchmark: String
  private let cluster: String
  private(set) var outcomes: [Outcome] = []

  init(benchmark: String, cluster: String) {
    self.benchmark = benchmark
    self.cluster = cluster
  }

  func add(_ peer: String, _ metric: Metric, _ values: [Double]) {
    outcomes.append(Outcome(key(peer, metric), values: values))
  }

  func add(_ peer: String, _ usages: [ProcessUsage]) {
    add(peer, .wall, usages.map(\.wall))
    add(peer, .cpu, usages.map(\.processorTime))
    add(peer, .peak, usages.map(\.peak))
  }

  func add(_ outcomes: [Outcome]) { self.outcomes += outcomes }

  func fail(_ peer: String, _ reason: String) {
    outcomes.append(Outcome(key(peer, .wall), values: [], failure: reason))
  }

  private func key(_ peer: String, _ metric: Metric) -> Outcome.Key {
    Outcome.Key(benchmark: benchmark, cluster: cluster, peer: peer, metric: metric)
  }
}
