/// What `kavka metadata` has been told.
package struct MetadataArguments: Hashable, Sendable {
  /// What is shown.
  package enum Form: Hashable, Sendable {
    /// The cluster itself.
    case cluster(ClusterView)
    /// What each broker speaks.
    case apiVersions(isJSON: Bool)
    /// Whether each broker can be reached.
    case check(isJSON: Bool)
  }

  /// What of a cluster is shown, and how.
  package enum ClusterView: Hashable, Sendable {
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
    form = try Self.form(parsed)
  }

  private static func form(_ parsed: ParsedArguments) throws(UsageError) -> Form {
    typealias Options = MetadataOptions
    let views = [Options.brokers, Options.topics, Options.apiVersions, Options.check]
    for (index, view) in views.enumerated() {
      for other in views[(index + 1)...] { try parsed.refuse(view, with: other, because: "use one of them") }
    }
    for view in views where view.key != Options.topics.key {
      try parsed.refuse(view, with: Options.topic, because: "it is about the brokers, whatever the topics")
    }
    try parsed.refuse(Options.json, with: Options.brokers, because: "names only are never JSON")
    try parsed.refuse(Options.json, with: Options.topics, because: "names only are never JSON")
    let isJSON = parsed.has(Options.json)
    if parsed.has(Options.apiVersions) { return .apiVersions(isJSON: isJSON) }
    if parsed.has(Options.check) { return .check(isJSON: isJSON) }
    if parsed.has(Options.brokers) { return .cluster(.brokerAddresses) }
    if parsed.has(Options.topics) { return .cluster(.topicNames) }
    return .cluster(isJSON ? .json : .text)
  }
}
