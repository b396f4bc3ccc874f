/// The script for zsh.
enum ZshCompletion {
  static var script: String {
    """
    #compdef kavka
    # Completion of kavka for zsh.
    _kavka_topics() {
      local -a brokers topics
      local index=${words[(I)-b]}
      ((index > 0)) && brokers=(-b "${words[index + 1]}")
      topics=(${(f)"$(\(CompletionScript.topics("$brokers")))"})
      compadd -a topics
    }

    _kavka() {
      local context state line
      local -a commands
      commands=(
    \(CommandTable.all.filter { $0.words.count == 1 }.map { "    \(CompletionScript.quoted("\($0.name):\($0.summary.dropLast())", for: .zsh))" }.joined(separator: "\n"))
      )
      if ((CURRENT == 2)); then
        _describe command commands
        return
      fi
      local command=${words[2]}
      if ((CURRENT > 3)); then
        case "$command ${words[3]}" in
          (\(CompletionScript.longNames.map { "'\($0)'" }.joined(separator: "|"))) command+=" ${words[3]}"; shift words; ((CURRENT--)) ;;
        esac
      fi
      shift words
      ((CURRENT--))
      case $command in
    \(CommandTable.all.map(command).joined(separator: "\n"))
      esac
    }

    if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
      _kavka "$@"
    else
      compdef _kavka kavka
    fi

    """
  }

  private static func command(_ table: CommandTable) -> String {
    var specifications = table.allOptions.flatMap(specifications)
    if case .words(_, let completion) = table.operands {
      specifications.append(CompletionScript.quoted("*:operand:\(action(completion))", for: .zsh))
    }
    let lines = specifications.map { "        \($0)" }.joined(separator: " \\\n")
    let words = CommandTable.secondWords(after: table.name)
    let second = words.isEmpty ? "" : "((CURRENT == 2)) && compadd \(words.joined(separator: " "))\n      "
    return "    ('\(table.name)')\n      \(second)_arguments -s \\\n\(lines)\n      ;;"
  }

  private static func specifications(_ option: Option) -> [String] {
    let text = escaped(option.line)
    let others = "(\(option.names.joined(separator: " ")))"
    return option.names.map { name in
      let repeats = option.isRepeatable ? "*" : others
      switch option.form {
      case .flag: return CompletionScript.quoted("\(repeats)\(name)[\(text)]", for: .zsh)
      case .value(let value):
        let separator = name.hasPrefix("--") ? "=" : "+"
        return CompletionScript.quoted(
          "\(repeats)\(name)\(separator)[\(text)]:\(escaped(value)):\(action(option.completion))", for: .zsh)
      case .optionalValue(let value):
        return CompletionScript.quoted(
          "\(repeats)\(name)=-[\(text)]::\(escaped(value)):\(action(option.completion))", for: .zsh)
      }
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func action(_ completion: ValueCompletion) -> String {
    switch completion {
    case .none, .group: " "
    case .choices(let words): "(\(words.joined(separator: " ")))"
    case .file: "_files"
    case .topic: "_kavka_topics"
    }
  }
}
