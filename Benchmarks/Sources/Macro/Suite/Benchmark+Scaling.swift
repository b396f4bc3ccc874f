extension Benchmark {
  /// Those in which the amount of something grows, while that of the work stays about the same.
  static let scaling: [Benchmark] = partitions + brokerCounts + recordSizes + metadata

  /// With keys, so that all partitions get records.
  private static let partitions = [1, 6, 100, 1000].flatMap { count in
    pair(.partitions, count, Production(input: .keyed, partitions: count))
  }

  private static let brokerCounts = [1, 3].flatMap { count in
    pair(.brokers, count, Production(input: .keyed, partitions: 6), brokers: count)
  }

  /// About 100 MB each, but for records that are so small that their number counts. The largest is as much smaller than
  /// 1 MiB as a batch around it needs to stay below what brokers take by default.
  private static let recordSizes = [
    Input(records: 5_000_000, valueBytes: 10), .lines, Input(records: 100_000, valueBytes: 1 << 10),
    Input(records: 1000, valueBytes: 100 << 10), Input(records: 100, valueBytes: (1 << 20) - 128),
  ].flatMap { input in pair(.recordBytes, input.valueBytes, Production(input: input)) }

  /// Whole processes that need to know one partition of many.
  private static let metadata = [1, 100, 1000, 10_000].flatMap { count in
    [(Query.metadata, "list"), (.offset, "one offset"), (.lastRecord, "the last record")].map { query, series in
      Benchmark(
        name: "\(query.rawValue)/partitions=\(count)", title: "\(series), \(Text.grouped(count)) partitions",
        work: .query(query, partitions: count), group: .scaling, clusters: [.mock],
        point: Point(axis: .metadata, value: count, series: series))
    }
  }

  private static func pair(_ axis: Point.Axis, _ value: Int, _ production: Production, brokers: Int = 1) -> [Benchmark]
  {
    let works = [("produce", Work.produce(production)), ("consume", .consume(Consumption(production: production)))]
    return works.map { series, work in
      Benchmark(
        name: "\(series)/\(axis.rawValue)=\(value)", title: "\(series), \(axis.title(value))", work: work,
        group: .scaling, brokers: brokers, point: Point(axis: axis, value: value, series: series))
    }
  }
}

extension Benchmark.Point.Axis {
  /// Such as `6 partitions` or `1 KiB`.
  func title(_ value: Int) -> String {
    switch self {
    case .partitions, .metadata: "\(Text.grouped(value)) partition\(value == 1 ? "" : "s")"
    case .brokers: "\(value) broker\(value == 1 ? "" : "s")"
    case .recordBytes: "records of \(Text.size(value))"
    }
  }
}
