import Results

/// What is known of one benchmark, for one of its items.
struct Figures {
  var bytes: Double
  /// Nothing where nobody counts.
  var instructions: Double?
  var allocations: Double
  /// Of processor time, in the median of some repetitions.
  var nanoseconds: Double

  /// The figures as lines of the result file.
  func measurements(of benchmark: Benchmark) -> [Measurement] {
    let values = [
      ("bytes", bytes), ("instructions", instructions), ("allocations", allocations), ("ns of CPU", nanoseconds),
    ]
    return values.compactMap { unit, value in
      value.map { Measurement(name: "micro/\(benchmark.name)", unit: "\(unit) per \(benchmark.unit)", value: $0) }
    }
  }
}
