extension Benchmark {
  /// Those in which nearly all of the time is the client's.
  static let free: [Benchmark] =
    [
      Benchmark(
        name: "free-produce", title: "produce", work: .produce(Production()), group: .free, clusters: [.free]),
      Benchmark(
        name: "free-produce-keyed", title: "produce with keys over 12 partitions",
        work: .produce(Production(input: .keyed, partitions: 12)), group: .free, clusters: [.free]),
    ]
    + [Codec.none, .lz4, .zstd].map { codec in
      Benchmark(
        name: "free-consume\(codec == .none ? "" : "-\(codec)")",
        title: "consume to /dev/null\(codec == .none ? "" : ", \(codec)")",
        work: .consume(Consumption(production: Production(codec: codec))), group: .free, clusters: [.free])
    }

  static let all = ratios + scaling + free
}
