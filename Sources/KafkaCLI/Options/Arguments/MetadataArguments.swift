/// What `kavka metadata` has been told.
package struct MetadataArguments: Hashable, Sendable {
  /// What is shown.
  package enum Form: Hashable, Sendable {
    case text
    case json
    case brokerAddresses
    case topicNames
  }

  package var common: CommonArguments
  /// The topics asked for; nothing means all.
  package var topics: [String]?
  package var form: Form

  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    typealias Options = MetadataOptions
    common = try CommonArguments(parsed, environment: environment)
    if let operand = parsed.operands.first {
      throw UsageError(
        "unexpected '\(operand.text)'", place: "metadata",
        advice: parsed.has(Options.brokers) ? "the servers to connect to are given by -b" : "topics are given by -t")
    }
    let named = try parsed.values(Options.topic) { argument throws(UsageError) in
      try TopicName.parse(argument.validText())
    }
    topics = named.isEmpty ? nil : named
    try parsed.refuse(Options.brokers, with: Options.topics, because: "use one of them")
    try parsed.refuse(Options.json, with: Options.brokers, because: "names only are never JSON")
    try parsed.refuse(Options.json, with: Options.topics, because: "names only are never JSON")
    form =
      parsed.has(Options.json)
      ? .json : parsed.has(Options.brokers) ? .brokerAddresses : parsed.has(Options.topics) ? .topicNames : .text
  }
}
