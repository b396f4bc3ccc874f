extension Benchmark {
  private static let keyedPartitions = 12
  private static let slowerHalf = CopyRun.slowerHalf

  /// Those with goals.
  static let ratios: [Benchmark] =
    [
      Benchmark(
        name: "produce", title: "produce", work: .produce(Production()),
        goals: [
          .ratio(.cpu, to: "kcat", 0.25), .ratio(.cpu, to: "franz-go", 0.25), .ratio(.wall, to: "kcat", 0.6),
          .ratio(.peak, to: "kcat", 1),
        ]),
      Benchmark(
        name: "produce-keyed", title: "produce with keys over 12 partitions",
        work: .produce(Production(input: .keyed, partitions: keyedPartitions)),
        goals: [.ratio(.cpu, to: "kcat", 0.3), .ratio(.wall, to: "kcat", 0.6)]),
    ]
    + compressed.map { codec in
      Benchmark(
        name: "produce-\(codec)", title: "produce, \(codec)", work: .produce(Production(codec: codec)),
        goals: [.ratio(.wall, to: "kcat", 0.6)])
    }
    + Codec.allCases.map { codec in
      Benchmark(
        name: codec == .none ? "consume" : "consume-\(codec)",
        title: "consume to /dev/null\(codec == .none ? "" : ", \(codec)")",
        work: .consume(Consumption(production: Production(codec: codec))),
        goals: [
          .ratio(.wall, to: "kcat", 0.25), .ratio(.cpu, to: "kcat", 0.25), .ratio(.wall, to: "franz-go", 0.6),
          .ratio(.cpu, to: "franz-go", 0.5),
        ])
    }
    + [
      Benchmark(
        name: "consume-file", title: "consume to a file", work: .consume(Consumption(form: .file)),
        goals: [.ratio(.wall, to: "kcat", 0.2)]),
      Benchmark(
        name: "consume-format", title: "consume with a format", work: .consume(Consumption(form: .format)),
        goals: [.ratio(.wall, to: "kcat", 0.1)]),
      Benchmark(
        name: "consume-json", title: "consume as JSON", work: .consume(Consumption(form: .json)),
        goals: [.ratio(.wall, to: "kcat", 0.1)]),
      Benchmark(
        name: "consume-2m", title: "consume 2,000,000 from 6 partitions",
        work: .consume(
          Consumption(production: Production(input: Input(records: 2_000_000, valueBytes: 100), partitions: 6))),
        goals: [.ratio(.wall, to: "franz-go", 0.7), .ratio(.peak, to: "franz-go", 0.3)]),
      Benchmark(
        name: "copy", title: "consume -J into produce -i json", work: .copy,
        goals: [.ratio(.wall, to: slowerHalf, 1.1)]),
      Benchmark(
        name: "metadata", title: "list metadata", work: .query(.metadata, partitions: 1),
        goals: [.ratio(.wall, to: "kcat", 1)]),
      Benchmark(
        name: "offset", title: "ask for one offset", work: .query(.offset, partitions: 1),
        goals: [.ratio(.wall, to: "kcat", 1)]),
      Benchmark(
        name: "last-record", title: "read the last record", work: .query(.lastRecord, partitions: 1),
        goals: [.ratio(.wall, to: "kcat", 1)]),
      Benchmark(
        name: "latency", title: "a line's way from stdin to stdout", work: .latency,
        goals: [.amount(.p50, 4), .amount(.p99, 15)]),
      Benchmark(
        name: "memory-producing", title: "produce an endless stream to a slow broker", work: .memoryProducing,
        clusters: [.mock], goals: [.amount(.peak, 64)]),
      Benchmark(
        name: "memory-consuming", title: "consume into a blocked pipe", work: .memoryConsuming,
        goals: [.amount(.peak, 128)]),
    ]

  static let compressed: [Codec] = [.gzip, .snappy, .lz4, .zstd]
}
