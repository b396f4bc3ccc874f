extension Plot {
  private static let peers = ["kavka", "kcat", "franz-go"]

  /// The plot of an axis on a cluster; nil where there are not two points of it.
  init?(of axis: Benchmark.Point.Axis, on kind: ClusterKind, _ outcomes: [Outcome]) {
    let benchmarks = Benchmark.scaling.filter { $0.point?.axis == axis }
    var series: [String] = []
    for benchmark in benchmarks {
      if let name = benchmark.point?.series, !series.contains(name) { series.append(name) }
    }
    panels = series.map { name in
      let curves = Self.peers.compactMap { peer -> Curve? in
        let points = benchmarks.filter { $0.point?.series == name }.compactMap { benchmark -> (x: Double, y: Double)? in
          let outcome = outcomes.first {
            $0.benchmark == benchmark.name && $0.peer == peer && $0.metric == .wall
          }
          guard let point = benchmark.point, let wall = outcome?.median, wall > 0 else { return nil }
          return (Double(point.value), Self.height(benchmark, wall))
        }
        return points.count < 2 ? nil : Curve(label: peer, points: points)
      }
      return Panel(title: name, curves: curves)
    }.filter { !$0.curves.isEmpty }
    guard !panels.isEmpty else { return nil }
    self.name = "\(axis.rawValue)-\(kind.rawValue)"
    let values = Set(benchmarks.compactMap { $0.point?.value }).sorted()
    xTicks = values.map { (Double($0), axis == .recordBytes ? Text.size($0) : Text.grouped($0)) }
    xTitle = axis.axisTitle
    (yTitle, isLogarithmic) = axis == .metadata ? ("ms", true) : ("MB/s", axis == .recordBytes)
  }

  /// Megabytes of records a second, or milliseconds where nothing is moved.
  private static func height(_ benchmark: Benchmark, _ wall: Double) -> Double {
    switch benchmark.work {
    case .produce(let production): megabytes(production) / wall
    case .consume(let consumption): megabytes(consumption.production) / wall
    default: wall * 1000
    }
  }

  private static func megabytes(_ production: Production) -> Double {
    let input = production.input
    return Double(input.records * (input.valueBytes + (input.isKeyed ? Input.keyBytes : 0))) / 1e6
  }
}

extension Benchmark.Point.Axis {
  fileprivate var axisTitle: String {
    switch self {
    case .partitions: "partitions of the topic"
    case .brokers: "brokers"
    case .recordBytes: "size of a record"
    case .metadata: "partitions, of which one is asked for"
    }
  }
}
