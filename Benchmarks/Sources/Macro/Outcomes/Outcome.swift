/// What one program took for one benchmark on one cluster, in one respect.
struct Outcome: Codable {
  /// Where it belongs: one outcome of a key is kept.
  struct Key: Hashable {
    var benchmark: String
    var cluster: String
    var peer: String
    var metric: Metric
  }

  let benchmark: String
  let cluster: String
  let peer: String
  let metric: Metric
  let unit: String
  /// One of each run, in their order; empty where a run failed.
  let values: [Double]
  let min: Double?
  let median: Double?
  let max: Double?
  /// Why there are no values.
  let failure: String?

  init(_ key: Key, values: [Double], failure: String? = nil) {
    (benchmark, cluster, peer, metric) = (key.benchmark, key.cluster, key.peer, key.metric)
    unit = key.metric.unit
    let values = failure == nil ? values.map { ($0 * 1e5).rounded() / 1e5 } : []
    self.values = values
    let sorted = values.sorted()
    min = sorted.first
    max = sorted.last
    median = sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    self.failure = failure
  }

  var key: Key { Key(benchmark: benchmark, cluster: cluster, peer: peer, metric: metric) }
}
