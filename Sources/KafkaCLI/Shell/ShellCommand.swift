/// What a line of the shell asks for.
package enum ShellCommand: Equatable, Sendable {
  /// A command of the command line.
  case run(Invocation)
  case text(String)
  case use(topic: String?)
  case refresh
  case history
  case exit
}

extension ShellCommand {
  /// What the words mean depends on.
  package struct Setting: Sendable {
    /// The options that the shell was started with.
    package var common: CommonArguments
    /// The topic of commands that name none.
    package var topicInUse: String?
    /// Whether commands are read from what `produce` would read its records from.
    package var isScript: Bool

    package init(common: CommonArguments, topicInUse: String? = nil, isScript: Bool = false) {
      self.common = common
      self.topicInUse = topicInUse
      self.isScript = isScript
    }
  }

  /// The options that would need a client of their own.
  private static let ofClient = [
    CommonOptions.brokers, CommonOptions.brokersByLetter, CommonOptions.ipv4, CommonOptions.ipv6,
    CommonOptions.clientID, CommonOptions.rack, CommonOptions.config, CommonOptions.profile,
    CommonOptions.debug,
  ]

  /// The names of options that a command in the shell cannot have.
  static let refusedOptions = Set(ofClient.map(\.key))

  /// Reads the words of a line that has some.
  package init(_ words: [Argument], _ setting: Setting) throws(UsageError) {
    guard let name = words.first?.text else { throw UsageError("a command is missing") }
    let operands = Array(words.dropFirst())
    if let builtin = ShellBuiltin(rawValue: name) {
      self = try Self.builtin(builtin, operands)
    } else if name.hasPrefix("-") {
      self = .run(try CommandLineParser.parse(words, environment: [:]))
    } else {
      guard let (table, operands) = try? CommandTable.leading(words) else { throw ShellHelp.unknown(name) }
      guard !ShellHelp.outsideOnly.contains(name) else {
        throw UsageError("'\(name)' is not for the shell", advice: "exit, and run kavka \(name)")
      }
      self = .run(try Self.invocation(operands, of: table, setting))
    }
  }

  private static func builtin(_ builtin: ShellBuiltin, _ operands: [Argument]) throws(UsageError) -> ShellCommand {
    if let surplus = operands.dropFirst(builtin.maximumOperands).first {
      throw UsageError("unexpected '\(surplus.text)'", place: builtin.rawValue, advice: "write \(builtin.usage)")
    }
    switch builtin {
    case .use:
      guard let operand = operands.first else { return .use(topic: nil) }
      return .use(topic: try TopicName.parse(operand.validText()))
    case .help:
      return .text(
        operands.isEmpty
          ? ShellHelp.overview : try ShellHelp.of(operands.map(\.text).joined(separator: " ")))
    case .refresh: return .refresh
    case .history: return .history
    case .exit, .quit: return .exit
    }
  }

  private static func invocation(
    _ operands: [Argument], of table: CommandTable, _ setting: Setting
  ) throws(UsageError) -> Invocation {
    var words = table.words.map { Argument($0) } + operands
    // A line that asks for help may be wrong in everything else.
    guard let parsed = try Self.parse(operands, of: table) else {
      return try CommandLineParser.parse(words, environment: [:])
    }
    for option in table.commonOptions where refusedOptions.contains(option.key) && parsed.has(option) {
      throw UsageError(
        "all commands of the shell share one client", place: "option \(option.names[0])",
        advice: "exit, and start kavka shell with it")
    }
    if let topic = setting.topicInUse, Self.namesNoTopic(parsed) { words.append(Argument(topic)) }
    var invocation = try CommandLineParser.parse(
      words, environment: [:], inheriting: setting.common.configuration)
    try invocation.adopt(setting, parsed)
    return invocation
  }

  /// - Returns: Nothing for a line that asks for help.
  private static func parse(_ operands: [Argument], of table: CommandTable) throws(UsageError) -> ParsedArguments? {
    do {
      let parsed = try ArgumentParser.parse(operands, table: table)
      return parsed.table.option(long: "help") != nil && parsed.has(CommonOptions.help) ? nil : parsed
    } catch {
      if operands.contains("--help") { return nil }
      throw error
    }
  }

  /// Whether a topic in use stands in for the one that is missing.
  private static func namesNoTopic(_ parsed: ParsedArguments) -> Bool {
    guard parsed.operands.isEmpty else { return false }
    return switch parsed.table.name {
    case "produce": !parsed.has(ProduceOptions.topic)
    case "consume": !parsed.has(ConsumeOptions.topic)
    case "offsets": !parsed.has(OffsetsOptions.group)
    default: false
    }
  }
}

extension Invocation {
  /// Takes over what the shell was told, where the command was told nothing itself.
  fileprivate mutating func adopt(_ setting: ShellCommand.Setting, _ parsed: ParsedArguments) throws(UsageError) {
    guard var common else { return }
    let hasTimeout = parsed.has(CommonOptions.timeout)
    common.brokers = setting.common.brokers
    common.family = setting.common.family
    common.clientID = setting.common.clientID
    if !common.isQuiet { common.debug = setting.common.debug }
    common.rack = setting.common.rack
    common.requestTimeout = setting.common.requestTimeout
    if !hasTimeout { common.timeout = setting.common.timeout }
    if !common.isVerbose { common.isQuiet = common.isQuiet || setting.common.isQuiet }
    if !common.isQuiet { common.isVerbose = common.isVerbose || setting.common.isVerbose }
    switch self {
    case .produce(var arguments):
      try Self.refuseTimeout(hasTimeout)
      guard !setting.isScript || !arguments.files.contains([UInt8(ascii: "-")]) else {
        throw UsageError(
          "standard input has the commands, so it cannot have the records", place: "produce",
          advice: "name a FILE with the records")
      }
      arguments.common = common
      self = .produce(arguments)
    case .consume(var arguments):
      try Self.refuseTimeout(hasTimeout)
      arguments.common = common
      self = .consume(arguments)
    case .offsetChange(var arguments):
      arguments.common = common
      self = .offsetChange(arguments)
    case .offsets(var arguments):
      arguments.common = common
      self = .offsets(arguments)
    case .metadata(var arguments):
      arguments.common = common
      self = .metadata(arguments)
    case .shell, .mock, .text, .table, .version: return
    }
  }

  /// Where it is the time of each request, the client has one for all commands.
  private static func refuseTimeout(_ isGiven: Bool) throws(UsageError) {
    guard isGiven else { return }
    throw UsageError(
      "the requests of all commands of the shell have one time limit", place: "option --timeout",
      advice: "exit, and start kavka shell with it")
  }
}
