/// What `--help` prints: at most 80 columns wide, and short enough for one screen.
package enum HelpText {
  private static let column = 30
  private static let width = 80

  package static func of(_ table: CommandTable) -> String {
    var lines = ["Usage: \(table.usage)", table.summary, ""]
    lines += table.options.flatMap(entry)
    if !table.options.isEmpty { lines.append("") }
    lines += table.takesSettings ? inBrief(table.commonOptions) : table.commonOptions.flatMap(entry)
    lines.append("")
    if !table.relatives.isEmpty {
      for relative in table.relatives {
        lines.append("  \(padded("kavka \(relative.name)", to: 22))\(relative.summary)")
      }
      lines.append("")
    }
    for example in table.examples { lines.append("  \(example.line)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `kavka --help` prints.
  package static var overview: String {
    var lines = ["Usage: kavka COMMAND [OPTION]… [OPERAND]…", "A client for Apache Kafka.", ""]
    for table in CommandTable.all { lines.append("  \(padded(table.name, to: 15))\(table.summary)") }
    lines += ["", "Options of all commands that talk to a cluster:"] + CommonOptions.connection.flatMap(entry)
    lines += [
      "", "kavka COMMAND --help tells more about each, kavka --version what is built in.", "",
      "  kavka metadata -b localhost:9092", "  echo hello | kavka produce greetings", "  kavka consume -e greetings",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The options that many commands have, as names only: `kavka --help` explains them.
  private static func inBrief(_ options: [Option]) -> [String] {
    var lines = ["Also (kavka --help says more):"]
    var line = ""
    for heading in options.map(\.heading) {
      if line.count + heading.count + 3 > width {
        lines.append(line)
        line = ""
      }
      line += "  \(heading)"
    }
    return lines + [line]
  }

  private static func entry(_ option: Option) -> [String] {
    let heading = (option.short == nil ? "      " : "  ") + option.heading
    guard heading.count <= column - 2 else {
      return [heading, String(repeating: " ", count: column) + option.line]
    }
    return [padded(heading, to: column) + option.line]
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
