/// The script for fish.
enum FishCompletion {
  static var script: String {
    """
    # Completion of kavka for fish.
    function __kavka_topics
        set -l words (commandline -opc)
        set -l brokers
        if set -l index (contains -i -- -b $words)
            set brokers -b $words[(math $index + 1)]
        end
        \(CompletionScript.topics("$brokers"))
    end

    complete -c kavka -f
    complete -c kavka -n __fish_use_subcommand -l help -d 'the commands'
    complete -c kavka -n __fish_use_subcommand -l version -d 'what is built in'
    \(CommandTable.all.flatMap(command).joined(separator: "\n"))

    """
  }

  private static func command(_ table: CommandTable) -> [String] {
    let summary = CompletionScript.quoted(String(table.summary.dropLast()), for: .fish)
    let (first, second) = (table.words[0], table.words.dropFirst().first)
    var lines: [String] = []
    let condition: String
    let others = CommandTable.secondWords(after: first).joined(separator: " ")
    if let second {
      lines.append(
        "complete -c kavka -n '__fish_seen_subcommand_from \(first); and not __fish_seen_subcommand_from \(others)'"
          + " -a \(second) -d \(summary)")
      condition = "-n '__fish_seen_subcommand_from \(first); and __fish_seen_subcommand_from \(second)'"
    } else {
      lines.append("complete -c kavka -n __fish_use_subcommand -a \(first) -d \(summary)")
      condition =
        others.isEmpty
        ? "-n '__fish_seen_subcommand_from \(first)'"
        : "-n '__fish_seen_subcommand_from \(first); and not __fish_seen_subcommand_from \(others)'"
    }
    if case .words(_, let completion) = table.operands {
      let operand = operand(completion)
      if !operand.isEmpty { lines.append("complete -c kavka \(condition)\(operand)") }
    }
    for option in table.allOptions {
      var words = "complete -c kavka \(condition)"
      if let short = option.short { words += " -s \(short)" }
      if let long = option.long { words += " -l \(long)" }
      words += " -d \(CompletionScript.quoted(option.line, for: .fish))"
      if case .value = option.form {
        words += [.none, .group].contains(option.completion) ? " -x" : " -r\(operand(option.completion))"
      }
      lines.append(words)
    }
    return lines
  }

  private static func operand(_ completion: ValueCompletion) -> String {
    switch completion {
    case .none, .group: ""
    case .choices(let words): " -f -a '\(words.joined(separator: " "))'"
    case .file: " -F"
    case .topic: " -f -a '(__kavka_topics)'"
    }
  }
}
