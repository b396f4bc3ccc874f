/// What `kavka offsets` has been told.
package struct OffsetsArguments: Hashable, Sendable {
  package var common: CommonArguments
  /// The topics asked for; none is for all that a group has offsets in.
  package var topics: [TopicSelection]
  /// The group whose committed offsets are asked for instead.
  package var group: String?
  /// The one offset asked for; nothing means earliest and latest.
  package var at: OffsetQuestion?
  /// The place before which segments begin that are asked for instead.
  package var before: OffsetQuestion?
  /// The most segments of each partition.
  package var maximumSegments: Int32
  package var form: OffsetsForm
  /// Whether the partitions of a topic are added up.
  package var isSum: Bool

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    typealias Options = OffsetsOptions
    common = try CommonArguments(parsed, environment: environment)
    topics = []
    for operand in parsed.operands { topics.append(try TopicSelection(argument: operand.validText())) }
    group = try parsed.value(Options.group, GroupName.parse)
    guard !topics.isEmpty || group != nil else {
      throw UsageError("no topic is named", place: "offsets", advice: "name a TOPIC, or a group with -G GROUP")
    }
    at = try parsed.value(Options.at, OffsetQuestion.init(argument:))
    before = try parsed.value(Options.before, Self.segmentPlace)
    maximumSegments =
      try parsed.value(Options.maxOffsets) { text throws(UsageError) in
        try DecimalNumber.parse(text, in: 1...Int32.max)
      } ?? 1
    isSum = parsed.has(Options.sum)
    try Self.refuseContradictions(parsed)
    form = parsed.has(Options.json) ? .json : .table
    guard parsed.has(Options.numberOnly) else { return }
    try parsed.refuse(Options.numberOnly, with: Options.json, because: "-n writes the number alone")
    try parsed.refuse(Options.numberOnly, with: Options.sum, because: "-n is for one partition")
    guard topics.count == 1, topics[0].partitions?.single != nil else {
      throw UsageError("-n is for one partition", place: "offsets", advice: "write -n TOPIC:PARTITION")
    }
    form = .number
    if before == nil, group == nil { at = at ?? .latest }
  }

  private static func refuseContradictions(_ parsed: ParsedArguments) throws(UsageError) {
    typealias Options = OffsetsOptions
    let reason = "-G asks for what is committed"
    try parsed.refuse(Options.group, with: Options.at, because: reason)
    try parsed.refuse(Options.group, with: Options.before, because: reason)
    try parsed.refuse(Options.before, with: Options.at, because: "--at asks for one offset, --before for segments")
    try parsed.refuse(Options.before, with: Options.sum, because: "offsets of segments have no sum")
    guard parsed.has(Options.before) || !parsed.has(Options.maxOffsets) else {
      throw UsageError("--max-offsets is for --before", place: "offsets", advice: "write --before TIME")
    }
  }

  /// Brokers that know segments know no other places.
  private static func segmentPlace(_ text: String) throws(UsageError) -> OffsetQuestion {
    let question = try OffsetQuestion(argument: text)
    guard question != .stable, question != .maximumTimestamp else {
      throw UsageError("'\(text)' is no place for segments", advice: "use latest, earliest, TIME or -DURATION")
    }
    return question
  }
}

/// How `kavka offsets` writes its answer.
package enum OffsetsForm: Hashable, Sendable {
  /// Columns on a terminal, tab-separated elsewhere.
  case table
  case json
  /// The offset of the only partition, alone.
  case number
}
