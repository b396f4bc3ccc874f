/// All that is known of a command's words: the one source of its parser, help, manual page and completions.
package struct CommandTable: Sendable {
  /// A command line that shows a use, and what it does.
  package struct Example: Sendable {
    package let line: String
    package let meaning: String
    /// False of a line that goes on until it is interrupted.
    package let endsByItself: Bool

    package init(_ line: String, _ meaning: String, endsByItself: Bool = true) {
      self.line = line
      self.meaning = meaning
      self.endsByItself = endsByItself
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

  /// What is typed after `kavka`: one word, or two as in `offsets commit`.
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

  /// The words of the name.
  package var words: [String] { name.split(separator: " ").map(String.init) }

  /// The name as one word, as manual pages have it: `offsets-commit`.
  package var pageName: String { words.joined(separator: "-") }

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
    ProduceOptions.table, ConsumeOptions.table, OffsetsOptions.table, OffsetsCommitOptions.table,
    OffsetsResetOptions.table, OffsetsDeleteOptions.table, MetadataOptions.table, ShellOptions.table, MockOptions.table,
    CompletionOptions.table, ManOptions.table,
  ]

  /// The first words of all commands, each once.
  package static let firstWords = all.map { $0.words[0] }.reduce(into: [String]()) { words, word in
    if words.last != word { words.append(word) }
  }

  /// The second words of the commands that begin with a word and have one.
  package static func secondWords(after first: String) -> [String] {
    all.map(\.words).filter { $0.count == 2 && $0[0] == first }.map { $0[1] }
  }

  /// The other commands whose names begin with the same word.
  package var relatives: [CommandTable] { Self.all.filter { $0.words[0] == words[0] && $0.name != name } }

  /// The command that a line begins with, and what follows its name. A name of two words goes before one of the first
  /// alone, so that a topic that is called `commit` needs `--` before it.
  ///
  /// - Throws: For a name that no command has, naming the nearest.
  package static func leading(_ words: [Argument]) throws(UsageError) -> (table: CommandTable, rest: [Argument]) {
    for count in [2, 1] where words.count >= count {
      let name = words.prefix(count).map(\.text).joined(separator: " ")
      if let table = all.first(where: { $0.name == name }) { return (table, Array(words.dropFirst(count))) }
    }
    return (try named(words.first?.text ?? ""), [])
  }

  /// The command of a name, or of a manual page's name.
  ///
  /// - Throws: For a name that no command has, naming the nearest.
  package static func named(_ name: String) throws(UsageError) -> CommandTable {
    if let table = all.first(where: { $0.name == name || $0.pageName == name }) { return table }
    let names = firstWords
    throw UsageError(
      "unknown command '\(name)'",
      advice: NearestName.of(name, in: names).map { "did you mean '\($0)'?" }
        ?? "the commands are \(names.joined(separator: ", "))")
  }
}
