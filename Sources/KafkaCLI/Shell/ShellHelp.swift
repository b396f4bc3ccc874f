/// What `help` prints in the shell.
enum ShellHelp {
  /// The commands of the command line that the shell does not run: they do without its client.
  static let outsideOnly: Set<String> = ["shell", "mock"]

  /// The commands of the command line that the shell runs.
  static let tables = CommandTable.all.filter { !outsideOnly.contains($0.name) }

  /// The names of all commands, in the order in which they are listed.
  static let commandNames =
    CommandTable.firstWords.filter { !outsideOnly.contains($0) } + ShellBuiltin.allCases.map(\.rawValue)

  static var overview: String {
    var lines = ["Commands, written as outside of the shell:"]
    lines += tables.map { entry($0.name, $0.summary) }
    lines += ["", "Commands of the shell:"]
    lines += ShellBuiltin.allCases.map { entry($0.usage, $0.summary) }
    lines += [
      "", "COMMAND > FILE, COMMAND >> FILE and COMMAND | PROGRAM send the output elsewhere.",
      "Ctrl-C ends a command, Ctrl-D the shell. help COMMAND tells more.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// - Throws: For a name that no command has, naming the nearest.
  static func of(_ name: String) throws(UsageError) -> String {
    if let builtin = ShellBuiltin(rawValue: name) { return "Usage: \(builtin.usage)\n\(builtin.summary)\n" }
    guard let table = CommandTable.all.first(where: { $0.name == name }) else { throw unknown(name) }
    return HelpText.of(table)
  }

  static func unknown(_ name: String) -> UsageError {
    UsageError(
      "unknown command '\(name)'",
      advice: NearestName.of(name, in: commandNames).map { "did you mean '\($0)'?" } ?? "help lists the commands")
  }

  private static func entry(_ heading: String, _ summary: String) -> String {
    "  \(heading)\(String(repeating: " ", count: max(1, 16 - heading.count)))\(summary)"
  }
}
