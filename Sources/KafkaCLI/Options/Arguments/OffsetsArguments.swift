/// What `kavka offsets` has been told.
package struct OffsetsArguments: Hashable, Sendable {
  package var common: CommonArguments
  package var topics: [TopicSelection]
  /// The one offset asked for; nothing means earliest and latest.
  package var at: OffsetQuestion?
  package var form: OffsetsForm
  /// Whether the partitions of a topic are added up.
  package var isSum: Bool

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    typealias Options = OffsetsOptions
    common = try CommonArguments(parsed, environment: environment)
    topics = []
    for operand in parsed.operands { topics.append(try TopicSelection(argument: operand.validText())) }
    guard !topics.isEmpty else {
      throw UsageError("no topic is named", place: "offsets", advice: "write \(Options.table.usage)")
    }
    at = try parsed.value(Options.at, OffsetQuestion.init(argument:))
    isSum = parsed.has(Options.sum)
    form = parsed.has(Options.json) ? .json : .table
    guard parsed.has(Options.numberOnly) else { return }
    try parsed.refuse(Options.numberOnly, with: Options.json, because: "-n writes the number alone")
    try parsed.refuse(Options.numberOnly, with: Options.sum, because: "-n is for one partition")
    guard topics.count == 1, topics[0].partitions?.single != nil else {
      throw UsageError("-n is for one partition", place: "offsets", advice: "write -n TOPIC:PARTITION")
    }
    form = .number
    at = at ?? .latest
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
