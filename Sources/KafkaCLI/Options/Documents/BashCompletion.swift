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
      case ${COMP_WORDS[1]} in
    \(CommandTable.all.map(command).joined(separator: "\n"))
      esac
    }

    complete -F _kavka kavka

    """
  }

  private static var commandNames: String { CommandTable.all.map(\.name).joined(separator: " ") }

  private static func command(_ table: CommandTable) -> String {
    let values = table.allOptions.compactMap { option -> String? in
      guard case .value = option.form else { return nil }
      return "      \(option.names.joined(separator: "|"))) \(reply(option.completion)); return ;;"
    }
    let operand: ValueCompletion = if case .words(_, let completion) = table.operands { completion } else { .none }
    let names = table.allOptions.flatMap(\.names).joined(separator: " ")
    return """
          \(table.name))
            case $previous in
          \(values.joined(separator: "\n    "))
            esac
            if [[ $word == -* ]]; then
              COMPREPLY=($(compgen -W '\(names)' -- "$word"))
            else
              \(reply(operand))
            fi
            ;;
      """.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.allSatisfy { $0 == " " } }.joined(separator: "\n")
  }

  private static func reply(_ completion: ValueCompletion) -> String {
    switch completion {
    case .none: ":"
    case .choices(let words): "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\"))"
    case .file: "COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames"
    case .topic: "COMPREPLY=($(compgen -W \"$(_kavka_topics)\" -- \"$word\"))"
    }
  }
}
