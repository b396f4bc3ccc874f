extension SettingCatalogue {
  private static let sizes: ClosedRange<Int64> = 1...Int64(Int32.max)

  /// What concerns `consume`.
  static let consumer: [Setting] = [
    .number(
      "fetch.min.bytes", 0...Int64(Int32.max), default: 1, unit: " bytes", \.minBytes,
      by: [.init(ConsumeOptions.minBytes, size)], "what a fetch waits for"),
    .number(
      "fetch.max.bytes", sizes, default: 50 << 20, unit: " bytes", \.maxBytes,
      by: [.init(ConsumeOptions.maxBytes, size)], "what it returns at most, about"),
    .number(
      "fetch.message.max.bytes", also: ["max.partition.fetch.bytes"], sizes, default: 4 << 20, unit: " bytes",
      \.maxPartitionBytes, "the same for one partition"),
    .milliseconds(
      "fetch.wait.max.ms", also: ["fetch.max.wait.ms"], 0...Int64(Int32.max), default: 500, \.maxWait,
      by: [.init(ConsumeOptions.maxWait, duration)], "how long it waits"),
    .choice(
      "isolation.level", IsolationName.allCases.map { ($0.rawValue, $0) }, default: "read_committed", \.isolation,
      by: [.init(ConsumeOptions.isolation)], "whether open and aborted transactions are read"),
    .choice(
      "auto.offset.reset", [("error", ResetPolicy.fail), ("earliest", .earliest), ("latest", .latest)],
      synonyms: [
        "none": "error", "smallest": "earliest", "beginning": "earliest", "largest": "latest", "end": "latest",
      ], default: "error", \.onReset, by: [.init(ConsumeOptions.onReset) { $0 == "fail" ? "error" : $0 }],
      "when an offset is out of range; -o says where to start"),
    .number(
      "queued.max.messages.kbytes", 1...2_097_151, default: 16 << 10, unit: " KiB", \.consumerBufferKibibytes,
      "fetched data that may wait to be written; three eighths of it are what a fetch returns at most"),
  ]
}
