package import KafkaProtocol

extension Compression {
  /// Reads `CODEC[:LEVEL]`, such as `zstd:9`.
  package init(argument text: String) throws(UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let codec = CompressionCodec(name: parts[0]) else {
      let names = CompressionCodec.allCases.map(\.name).joined(separator: ", ")
      throw UsageError("unknown codec '\(parts[0])'", advice: "use one of \(names)")
    }
    self.init(codec)
    guard parts.count == 2 else { return }
    guard let levels = codec.levels else { throw UsageError("\(codec.name) has no levels") }
    guard let level = Int(parts[1]), levels.contains(level) else {
      throw UsageError(
        "'\(parts[1])' is not a level of \(codec.name)", advice: "from \(levels.lowerBound) to \(levels.upperBound)")
    }
    self.level = level
  }
}
