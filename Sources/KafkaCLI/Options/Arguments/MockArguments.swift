/// What `kavka mock` has been told.
package struct MockArguments: Hashable, Sendable {
  package var brokers: Int
  package var topics: [MockTopic]
  /// The first broker's port; nothing means any that is free.
  package var port: UInt16?
  /// The command to run with the cluster, with its words; empty means none.
  package var command: [[UInt8]]
  package var isQuiet: Bool

  package init(_ parsed: ParsedArguments) throws(UsageError) {
    typealias Options = MockOptions
    guard (parsed.operandsBeforeTerminator ?? parsed.operands.count) == 0 else {
      throw UsageError(
        "unexpected '\(parsed.operands[0].text)'", place: "mock", advice: "a command to run comes after --")
    }
    brokers =
      try parsed.value(Options.brokers) { text throws(UsageError) in try DecimalNumber.parse(text, in: 1...100) } ?? 1
    topics = try parsed.values(Options.topic) { argument throws(UsageError) in
      try MockTopic(argument: argument.validText())
    }
    for (index, topic) in topics.enumerated() where topics[..<index].contains(where: { $0.name == topic.name }) {
      throw UsageError("topic '\(topic.name)' is there twice", place: "mock")
    }
    port = try parsed.value(Options.port) { text throws(UsageError) in try DecimalNumber.parse(text, in: 1...UInt16.max)
    }
    if let port, Int(port) + brokers - 1 > Int(UInt16.max) {
      throw UsageError("\(brokers) brokers do not fit above port \(port)", place: "mock")
    }
    command = parsed.operands.map(\.bytes)
    if parsed.operandsBeforeTerminator != nil, command.isEmpty {
      throw UsageError("no command follows --", place: "mock", advice: "leave out -- to serve until a signal comes")
    }
    isQuiet = parsed.has(Options.quiet)
  }
}
