/// What a command line asks for.
package enum Invocation: Equatable, Sendable {
  case produce(ProduceArguments)
  case consume(ConsumeArguments)
  case offsets(OffsetsArguments)
  case metadata(MetadataArguments)
  case shell(ShellArguments)
  case mock(MockArguments)
  /// A text for standard output: help, a manual page, a completion script.
  case text(String)
  /// The line of `--version`, which the caller knows.
  case version
}

/// Reads command lines.
package enum CommandLineParser {
  /// Reads the words after the program's name, or a line of the shell.
  ///
  /// `--help` wins over every mistake in the rest of the line.
  package static func parse(
    _ words: [Argument], environment: [String: String]
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
      return try parse(Array(words.dropFirst()), of: CommandTable.named(first.text), environment: environment)
    }
  }

  private static func parse(
    _ words: [Argument], of table: CommandTable, environment: [String: String]
  ) throws(UsageError) -> Invocation {
    if isHelp(words, table) { return .text(HelpText.of(table)) }
    let parsed = try ArgumentParser.parse(words, table: table)
    switch table.name {
    case "produce": return .produce(try ProduceArguments(parsed, environment: environment))
    case "consume": return .consume(try ConsumeArguments(parsed, environment: environment))
    case "offsets": return .offsets(try OffsetsArguments(parsed, environment: environment))
    case "metadata": return .metadata(try MetadataArguments(parsed, environment: environment))
    case "shell": return .shell(try ShellArguments(parsed, environment: environment))
    case "mock": return .mock(try MockArguments(parsed))
    case "completion": return .text(try completion(parsed))
    case "man": return .text(try manualPage(parsed))
    default: preconditionFailure("\(table.name) has a table but no arguments")
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

extension ParsedArguments {
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
