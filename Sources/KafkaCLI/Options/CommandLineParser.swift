/// What a command line asks for.
package enum Invocation: Equatable, Sendable {
  case produce(ProduceArguments)
  case consume(ConsumeArguments)
  case offsets(OffsetsArguments)
  /// A change of what is committed for a group.
  case offsetChange(OffsetChangeArguments)
  case metadata(MetadataArguments)
  case shell(ShellArguments)
  case mock(MockArguments)
  /// A text for standard output: help, a manual page, a completion script.
  case text(String)
  /// A table for standard output: settings.
  case table(TextTable)
  /// The line of `--version`, which the caller knows.
  case version
}

/// Reads command lines.
package enum CommandLineParser {
  /// Reads the words after the program's name, or a line of the shell.
  ///
  /// `--help` wins over every mistake in the rest of the line.
  ///
  /// - Parameter inherited: The configuration in place of files and the environment, for a line of the shell.
  package static func parse(
    _ words: [Argument], environment: [String: String], inheriting inherited: Configuration? = nil
  ) throws(UsageError) -> Invocation {
    guard let first = words.first else {
      throw UsageError("no command is named", advice: "kavka --help lists the commands")
    }
    switch first.text {
    case "--help": return .text(HelpText.overview)
    case "--version": return .version
    case let text where text.hasPrefix("-"):
      throw UsageError("'\(text)' stands before the command", advice: "write kavka COMMAND [OPTION]…")
    default:
      let (table, words) = try CommandTable.leading(words)
      if isHelp(words, table) { return .text(HelpText.of(table)) }
      var parsed = try ArgumentParser.parse(words, table: table)
      parsed.inherited = inherited
      if let form = try parsed.settingsForm { return .table(try settings(form, parsed, environment: environment)) }
      let invocation = try parse(parsed, environment: environment)
      try invocation.refuseIfReadOnly()
      return invocation
    }
  }

  private static func settings(
    _ form: SettingsReport.Form, _ parsed: ParsedArguments, environment: [String: String]
  ) throws(UsageError) -> TextTable {
    switch form {
    case .list: return SettingsReport.list
    case .dump: return try SettingsReport.dump(Configuration(parsed, environment: environment), parsed)
    }
  }

  private static func parse(
    _ parsed: ParsedArguments, environment: [String: String]
  ) throws(UsageError) -> Invocation {
    switch parsed.table.name {
    case "produce": return .produce(try ProduceArguments(parsed, environment: environment))
    case "consume": return .consume(try ConsumeArguments(parsed, environment: environment))
    case "offsets": return .offsets(try OffsetsArguments(parsed, environment: environment))
    case "offsets commit", "offsets reset", "offsets delete":
      return .offsetChange(try OffsetChangeArguments(parsed, environment: environment))
    case "metadata": return .metadata(try MetadataArguments(parsed, environment: environment))
    case "shell": return .shell(try ShellArguments(parsed, environment: environment))
    case "mock": return .mock(try MockArguments(parsed))
    case "completion": return .text(try completion(parsed))
    case "man": return .text(try manualPage(parsed))
    default: preconditionFailure("\(parsed.table.name) has a table but no arguments")
    }
  }

  /// Whether a word before `--` asks for help; one that is the value of an option does not.
  private static func isHelp(_ words: [Argument], _ table: CommandTable) -> Bool {
    guard words.contains("--help") else { return false }
    if let parsed = try? ArgumentParser.parse(words, table: table) { return parsed.has(CommonOptions.help) }
    return words.prefix { $0 != "--" }.contains("--help")
  }

  private static func completion(_ parsed: ParsedArguments) throws(UsageError) -> String {
    let operand = try parsed.onlyOperand()
    guard let operand else {
      throw UsageError("no shell is named", place: "completion", advice: "write \(parsed.table.usage)")
    }
    return CompletionScript.of(try ShellName(argument: operand))
  }

  private static func manualPage(_ parsed: ParsedArguments) throws(UsageError) -> String {
    guard let operand = try parsed.onlyOperand() else { return ManualPage.overview }
    return ManualPage.of(try CommandTable.named(operand))
  }
}

extension Invocation {
  /// What the command has been told of the options common to all.
  var common: CommonArguments? {
    switch self {
    case .produce(let arguments): arguments.common
    case .consume(let arguments): arguments.common
    case .offsets(let arguments): arguments.common
    case .offsetChange(let arguments): arguments.common
    case .metadata(let arguments): arguments.common
    case .shell(let arguments): arguments.common
    case .mock, .text, .table, .version: nil
    }
  }

  /// Whether the command changes something in the cluster.
  var isChange: Bool {
    switch self {
    case .produce: true
    case .offsetChange(let arguments): !arguments.isDryRun
    case .consume, .offsets, .metadata, .shell, .mock, .text, .table, .version: false
    }
  }

  func refuseIfReadOnly() throws(UsageError) {
    guard isChange, let configuration = common?.configuration, configuration.settings.isReadOnly == true else { return }
    throw UsageError(
      "this would change the cluster", place: configuration.values["readonly"].map { "\($0.origin): readonly" },
      advice: "choose another profile, or -X readonly=false")
  }
}

extension ParsedArguments {
  /// Whether `-X` asks for a table of settings in place of the command, and for which one.
  var settingsForm: SettingsReport.Form? {
    get throws(UsageError) {
      guard table.takesSettings else { return nil }
      return try values(CommonOptions.setting) { SettingsReport.Form(rawValue: $0.text) }.compactMap { $0 }.first
    }
  }

  /// The operand of a command that takes one or none.
  func onlyOperand() throws(UsageError) -> String? {
    guard operands.count <= 1 else {
      throw UsageError("unexpected '\(operands[1].text)'", place: table.name, advice: "write \(table.usage)")
    }
    return try operands.first?.validText()
  }

  func refuseOperands() throws(UsageError) {
    guard let operand = operands.first else { return }
    throw UsageError("unexpected '\(operand.text)'", place: table.name, advice: "write \(table.usage)")
  }
}
