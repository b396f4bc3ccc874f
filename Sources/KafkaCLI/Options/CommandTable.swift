/// All that is known of a command's words: the one source of its parser, help, manual page and completions.
package struct CommandTable: Sendable {
  /// A command line that shows a use, and what it does.
  package struct Example: Sendable {
    package let line: String
    package let meaning: String

    package init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  /// What may stand in a command line beside options.
  package enum Operands: Sendable {
    case none
    /// Words of the form shown, which a shell completes as said.
    case words(String, ValueCompletion)
    /// Nothing but what follows `--`: a command with words of its own.
    case command(String)
  }

  package let name: String
  /// One line, beginning with a verb.
  package let summary: String
  package let operands: Operands
  /// Paragraphs for the manual.
  package let description: [String]
  package let options: [Option]
  /// The options that several commands share.
  package let commonOptions: [Option]
  package let examples: [Example]

  package init(
    name: String, summary: String, operands: Operands, description: [String], options: [Option],
    commonOptions: [Option], examples: [Example]
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.description = description
    self.options = options
    self.commonOptions = commonOptions
    self.examples = examples
  }

  package var allOptions: [Option] { options + commonOptions }

  /// Whether the command is configured by settings, files and the environment.
  var takesSettings: Bool { commonOptions.contains { $0.key == CommonOptions.setting.key } }

  /// How the command is written: `kavka produce [OPTION]… [-t] TOPIC [FILE]…`.
  package var usage: String {
    switch operands {
    case .none: "kavka \(name) [OPTION]…"
    case .words(let form, _): "kavka \(name) [OPTION]… \(form)"
    case .command(let form): "kavka \(name) [OPTION]… \(form)"
    }
  }

  func option(short: Character) -> Option? { allOptions.first { $0.short == short } }

  func option(long: String) -> Option? { allOptions.first { $0.long == long } }
}

extension CommandTable {
  /// Every command, in the order in which help lists them.
  package static let all: [CommandTable] = [
    ProduceOptions.table, ConsumeOptions.table, OffsetsOptions.table, MetadataOptions.table, ShellOptions.table,
    MockOptions.table, CompletionOptions.table, ManOptions.table,
  ]

  /// - Throws: For a name that no command has, naming the nearest.
  package static func named(_ name: String) throws(UsageError) -> CommandTable {
    if let table = all.first(where: { $0.name == name }) { return table }
    let names = all.map(\.name)
    throw UsageError(
      "unknown command '\(name)'",
      advice: NearestName.of(name, in: names).map { "did you mean '\($0)'?" }
        ?? "the commands are \(names.joined(separator: ", "))")
  }
}
