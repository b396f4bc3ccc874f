/// The script for bash.
enum BashCompletion {
  static var script: String {
    """
    # Completion of kavka for bash.
    _kavka_topics() {
      local index brokers=()
      for ((index = 2; index < COMP_CWORD - 1; index++)); do
        [[ ${COMP_WORDS[index]} == -b ]] && brokers=(-b "${COMP_WORDS[index + 1]}")
      done
      \(CompletionScript.topics(#""${brokers[@]}""#))
    }

    _kavka() {
      local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W '\(commandNames) --help --version' -- "$word"))
        return
      fi
      local command=${COMP_WORDS[1]}
      if ((COMP_CWORD > 2)); then
        case "$command ${COMP_WORDS[2]}" in
          \(CompletionScript.longNames.map { "'\($0)'" }.joined(separator: "|"))) command+=" ${COMP_WORDS[2]}" ;;
        esac
      fi
      case $command in
    \(CommandTable.all.map(command).joined(separator: "\n"))
      esac
    }

    complete -F _kavka kavka

    """
  }

  private static var commandNames: String { CommandTable.firstWords.joined(separator: " ") }

  private static func command(_ table: CommandTable) -> String {
    let values = table.allOptions.compactMap { option -> String? in
      guard case .value = option.form else { return nil }
      return "      \(option.names.joined(separator: "|"))) \(reply(option.completion)); return ;;"
    }
    let operand: ValueCompletion = if case .words(_, let completion) = table.operands { completion } else { .none }
    let names = table.allOptions.flatMap(\.names).joined(separator: " ")
    return """
          '\(table.name)')
            case $previous in
          \(values.joined(separator: "\n    "))
            esac
            if [[ $word == -* ]]; then
              COMPREPLY=($(compgen -W '\(names)' -- "$word"))
            else
              \(reply(operand))
              \(secondWords(table))
            fi
            ;;
      """.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.allSatisfy { $0 == " " } }.joined(separator: "\n")
  }

  /// What may follow the name of a command at once and make it another's.
  private static func secondWords(_ table: CommandTable) -> String {
    let words = CommandTable.secondWords(after: table.name)
    guard !words.isEmpty else { return "" }
    return "((COMP_CWORD == 2)) && COMPREPLY+=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\"))"
  }

  private static func reply(_ completion: ValueCompletion) -> String {
    switch completion {
    case .none, .group: ":"
    case .choices(let words): "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\"))"
    case .file: "COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames"
    case .topic: "COMPREPLY=($(compgen -W \"$(_kavka_topics)\" -- \"$word\"))"
    }
  }
}
