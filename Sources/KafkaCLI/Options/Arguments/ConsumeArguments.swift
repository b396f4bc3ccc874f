/// What `kavka consume` has been told.
package struct ConsumeArguments: Equatable, Sendable {
  package var common: CommonArguments
  /// The topics in the order given; one that was given twice is there twice.
  package var topics: [TopicSelection]
  package var topicPattern: TopicPattern?
  /// Which partitions of the topics that are named without; nothing means all.
  package var partitions: PartitionSet?
  package var start: StartPosition
  package var until: StartPosition?
  package var exitsAtEnd: Bool
  package var count: Int64?
  /// How many of the newest records are wanted.
  package var tail: Int?
  package var idleTimeout: Duration?
  /// What records have to satisfy.
  package var filter: RecordFilter?
  package var order: RecordOrder?
  package var skipsCorrupt: Bool
  package var output: RecordOutput
  /// Whether progress is told even where no terminal is free for it.
  package var tellsProgress: Bool
  package var isolation: IsolationName
  package var onReset: ResetPolicy
  package var minBytes: Int
  package var maxBytes: Int
  package var maxWait: Duration

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    typealias Options = ConsumeOptions
    common = try CommonArguments(parsed, environment: environment)
    let settings = common.settings
    topics = try parsed.values(Options.topic) { argument throws(UsageError) in
      try TopicSelection(argument: argument.validText())
    }
    for operand in parsed.operands { topics.append(try TopicSelection(argument: operand.validText())) }
    topicPattern = try parsed.value(Options.topicsRegex, TopicPattern.init(argument:))
    guard !topics.isEmpty || topicPattern != nil else {
      throw UsageError("no topic is named", place: "consume", advice: "write \(Options.table.usage)")
    }
    partitions = try parsed.value(Options.partitions, PartitionSet.init(argument:))
    if let partitions {
      for index in topics.indices where topics[index].partitions == nil { topics[index].partitions = partitions }
    }
    start = try parsed.value(Options.start, StartPosition.init(argument:)) ?? .beginning
    until = try parsed.value(Options.until, StartPosition.init(argument:))
    exitsAtEnd = parsed.has(Options.exitAtEnd)
    count = try parsed.value(Options.count) { text throws(UsageError) in
      try DecimalNumber.parse(text, in: 1...Int64.max)
    }
    for (option, reason) in [
      (Options.start, "it says itself where reading begins"), (Options.until, "it ends at the end as of its start"),
    ] {
      try parsed.refuse(Options.tail, with: option, because: reason)
    }
    tail = try parsed.value(Options.tail) { text throws(UsageError) in
      try DecimalNumber.parse(text, in: 1...NewestRecords.maximumCount)
    }
    idleTimeout = try parsed.value(Options.idleTimeout, DurationRange.positive)
    filter = try Self.filter(parsed)
    order = try parsed.value(Options.order, RecordOrder.init(argument:))
    skipsCorrupt = parsed.has(Options.skipCorrupt)
    output = try RecordOutput(parsed)
    tellsProgress = try CommonArguments.tellsProgress(parsed)
    isolation =
      try parsed.value(Options.isolation, IsolationName.init(argument:)) ?? settings.isolation ?? .readCommitted
    onReset = try parsed.value(Options.onReset, ResetPolicy.init(argument:)) ?? settings.onReset ?? .fail
    minBytes =
      try parsed.value(Options.minBytes) { text throws(UsageError) in
        try ByteSize.parse(text, in: 0...Int(Int32.max))
      } ?? settings.minBytes ?? 1
    maxBytes =
      try parsed.value(Options.maxBytes) { text throws(UsageError) in try ByteSize.parse(text) }
      ?? settings.maxBytes ?? 50 << 20
    maxWait = try parsed.value(Options.maxWait, DurationRange.inRequest) ?? settings.maxWait ?? .milliseconds(500)
  }

  private static func filter(_ parsed: ParsedArguments) throws(UsageError) -> RecordFilter? {
    let texts = try parsed.values(ConsumeOptions.filter) { argument throws(UsageError) in
      // Each is looked at by itself, so that an error names the option and shows its text.
      _ = try RecordFilter(parsing: [argument.bytes])
      return argument.bytes
    }
    return texts.isEmpty ? nil : try RecordFilter(parsing: texts)
  }
}
