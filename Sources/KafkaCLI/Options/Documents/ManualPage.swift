/// Manual pages, in the language that man(1) formats.
package enum ManualPage {
  package static func of(_ table: CommandTable) -> String {
    var page = RoffPage(title: "KAVKA-\(table.pageName.uppercased())")
    page.section("NAME")
    page.text("kavka-\(table.pageName) - \(table.summary.dropLast().lowercasedFirst)")
    page.section("SYNOPSIS")
    page.text(bold: "kavka \(table.name)", "\(table.usage.dropFirst("kavka \(table.name)".count))")
    page.section("DESCRIPTION")
    for paragraph in table.description { page.paragraph(paragraph) }
    page.section("OPTIONS")
    for option in table.allOptions where option.key != "help" {
      page.item(option.heading, sentence(option))
    }
    page.item("--help", "Shows the options and ends.")
    page.section("EXIT STATUS")
    for (status, meaning) in statuses where status != "5" || table.name == "produce" { page.item(status, meaning) }
    page.section("EXAMPLES")
    for example in table.examples { page.example(example.line, "\(example.meaning.uppercasedFirst).") }
    page.section("SEE ALSO")
    page.text((["kavka(1)"] + table.relatives.map { "kavka-\($0.pageName)(1)" }).joined(separator: ", "))
    return page.contents
  }

  /// The page of `kavka` itself.
  package static var overview: String {
    var page = RoffPage(title: "KAVKA")
    page.section("NAME")
    page.text("kavka - a client for Apache Kafka")
    page.section("SYNOPSIS")
    page.text(bold: "kavka", " COMMAND [OPTION]… [OPERAND]…")
    page.text(bold: "kavka --help", " | --version")
    page.section("DESCRIPTION")
    page.paragraph(
      """
      Standard output carries data only. Everything else is on standard error, one line for each event. Short options can be \
      joined, options and operands come in any order, and -- ends the options.
      """)
    page.section("COMMANDS")
    for table in CommandTable.all { page.item("kavka-\(table.pageName)(1)", table.summary) }
    page.section("ENVIRONMENT")
    for (name, meaning) in variables { page.item(name, meaning) }
    page.section("CONFIGURATION")
    page.paragraph(
      """
      What a setting is, the command line's own options say first, then -X, then the environment, then a file, and then \
      the default. The file has the form of Java's properties: KEY=VALUE in each line, comments begin with # or !, and a \
      backslash at the end of a line joins the next one to it. Lines behind [profile NAME] hold for that profile alone.
      """)
    page.paragraph(
      """
      Names and values are those of librdkafka and of the Java client, so that their files can be read. A name in a file \
      that is not known is one line on standard error; settings about TLS and SASL are refused, as they are not supported. \
      -X list writes all names that are known, -X dump what is in force and who said so. These do something:
      """)
    for setting in SettingCatalogue.all where setting.isHonoured {
      let names = ([setting.name] + setting.aliases.map(\.name)).joined(separator: ", ")
      let standard = setting.defaultValue.isEmpty ? "" : " Default: \(setting.defaultValue)."
      page.item(names, "\(setting.summary.uppercasedFirst). Values: \(setting.values).\(standard)")
    }
    page.section("FILES")
    page.item("$XDG_CONFIG_HOME/kavka/config, ~/.config/kavka/config", "The settings where no other file is named.")
    page.item("$XDG_STATE_HOME/kavka/history, ~/.local/state/kavka/history", "The lines typed in shells.")
    page.section("EXIT STATUS")
    for (status, meaning) in statuses { page.item(status, meaning) }
    return page.contents
  }

  private static let variables = [
    ("KAVKA_BROKERS", "The bootstrap servers where neither -b nor -X says them."),
    ("KAVKA_CONFIG", "The file of settings where -F does not name one."),
    ("KAVKA_DEBUG", "What -d would say, where neither it nor -q is given."),
    ("KAVKA_PROFILE", "The profile of that file where --profile does not name one."),
  ]

  private static let statuses = [
    ("0", "Everything asked for has happened."),
    (
      "1",
      "Something was refused or is not there: a broker's error, an unknown topic, corrupt data, an unreadable file."
    ),
    ("2", "The command line or the configuration is wrong. Nothing was sent."),
    ("3", "No broker could be reached, or the time allowed ran out."),
    ("4", "Authentication or authorization failed."),
    ("5", "For some records the outcome is unknown: they may or may not be stored."),
    ("130, 143, 129", "Ended by SIGINT, SIGTERM or SIGHUP."),
  ]

  private static func sentence(_ option: Option) -> String {
    var text = "\(option.summary.uppercasedFirst)."
    if let value = option.defaultValue { text += " Default: \(value)." }
    return option.details.isEmpty ? text : "\(text) \(option.details)"
  }
}

/// Text with the requests of the `man` macros around it.
private struct RoffPage {
  private(set) var contents: String

  init(title: String) {
    contents = ".TH \(title) 1 \"\" kavka \"User commands\"\n"
  }

  mutating func section(_ name: String) { contents += ".SH \(name)\n" }

  mutating func text(_ text: String) { contents += Self.escaped(text) + "\n" }

  mutating func text(bold: String, _ rest: String) {
    contents += "\\fB\(Self.escaped(bold))\\fR\(Self.escaped(rest))\n.br\n"
  }

  mutating func paragraph(_ text: String) { contents += ".PP\n\(Self.escaped(text))\n" }

  mutating func item(_ heading: String, _ text: String) {
    contents += ".TP\n\\fB\(Self.escaped(heading))\\fR\n\(Self.escaped(text))\n"
  }

  mutating func example(_ line: String, _ meaning: String) {
    contents += ".PP\n\(Self.escaped(meaning))\n.PP\n.RS 4\n.nf\n\(Self.escaped(line))\n.fi\n.RE\n"
  }

  /// The text so that roff changes nothing in it: a dash stays an ASCII one, which can be copied into a shell.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "..."
      case "~": result += "\\(ti"
      case "'", "`", "^": result += character == "'" ? "\\(aq" : character == "`" ? "\\(ga" : "\\(ha"
      case ".": result += result.isEmpty ? "\\&." : "."
      default: result.append(character)
      }
    }
    return result
  }
}

extension StringProtocol {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

  fileprivate var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
