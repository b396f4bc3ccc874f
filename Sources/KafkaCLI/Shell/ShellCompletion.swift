/// What may stand at the cursor of a line of the shell.
package struct ShellCompletion {
  package enum Offer: Hashable, Sendable {
    /// Words that begin with what is typed.
    case candidates([String])
    case fileNames
  }

  private let topics: () -> [String]
  private let groups: () -> [String]

  /// - Parameters:
  ///   - topics: The names of the topics, asked for only where one may stand.
  ///   - groups: The same for groups.
  package init(topics: @escaping () -> [String], groups: @escaping () -> [String] = { [] }) {
    self.topics = topics
    self.groups = groups
  }

  /// - Parameters:
  ///   - word: What is typed of the word at the cursor, without a quote before it.
  ///   - before: The line up to the word.
  package func offer(for word: some Sequence<UInt8>, after before: some Sequence<UInt8>) -> Offer {
    var before = Array(before)
    if let quote = before.last, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") { before.removeLast() }
    guard let tokens = try? ShellLexer.tokens(of: before) else { return .candidates([]) }
    var words: [Argument] = []
    for token in tokens {
      guard case .word(let word) = token.token else { return .fileNames }
      words.append(word)
    }
    let isAttached = before.last == UInt8(ascii: "=")
    return offer(String(decoding: Array(word), as: UTF8.self), after: words, isAttached: isAttached)
  }

  private func offer(_ word: String, after words: [Argument], isAttached: Bool) -> Offer {
    guard let name = words.first?.text else { return matching(word, ShellHelp.commandNames) }
    switch ShellBuiltin(rawValue: name) {
    case .use: return words.count == 1 ? .candidates(topicNames(word)) : .candidates([])
    case .help: return words.count == 1 ? matching(word, ShellHelp.commandNames) : .candidates([])
    case .some: return .candidates([])
    case .none: break
    }
    guard let (table, given) = try? CommandTable.leading(words), !ShellHelp.outsideOnly.contains(table.name) else {
      return .candidates([])
    }
    if isAttached {
      guard let option = given.last.flatMap({ Self.option(attachedTo: $0.text, table) }) else { return .candidates([]) }
      return value(option.completion, word)
    }
    if let option = Self.optionWithoutValue(given, table) { return value(option.completion, word) }
    if word.hasPrefix("-") { return matching(word, Self.optionNames(table, given, isLong: word.hasPrefix("--"))) }
    let operand = operand(word, given, table)
    guard words.count == 1, case .candidates(let operands) = operand else { return operand }
    return .candidates(CommandTable.secondWords(after: name).filter { $0.hasPrefix(word) } + operands)
  }

  private func operand(_ word: String, _ given: [Argument], _ table: CommandTable) -> Offer {
    if table.name == ProduceOptions.table.name, let parsed = try? ArgumentParser.parse(given, table: table),
      parsed.operands.isEmpty, !parsed.has(ProduceOptions.topic)
    {
      return .candidates(topicNames(word))
    }
    guard case .words(_, let completion) = table.operands else { return .candidates([]) }
    return value(completion, word)
  }

  private func value(_ completion: ValueCompletion, _ word: String) -> Offer {
    switch completion {
    case .none: .candidates([])
    case .choices(let choices): matching(word, choices)
    case .file: .fileNames
    case .topic: .candidates(topicNames(word))
    case .group: matching(word, groups())
    }
  }

  private func matching(_ word: String, _ candidates: [String]) -> Offer {
    .candidates(candidates.filter { $0.hasPrefix(word) })
  }

  /// Topics of the cluster's own, such as `__consumer_offsets`, are offered only where the word begins like them.
  private func topicNames(_ word: String) -> [String] {
    topics().filter { $0.hasPrefix(word) && (word.hasPrefix("_") || !$0.hasPrefix("_")) }
  }

  // MARK: Options

  /// The option whose value would be the next word.
  private static func optionWithoutValue(_ given: [Argument], _ table: CommandTable) -> Option? {
    guard let last = given.last?.text, last.hasPrefix("-"), last != "-" else { return nil }
    // With a word behind it the line is right, and without it is not.
    guard (try? ArgumentParser.parse(given, table: table)) == nil else { return nil }
    let option =
      last.hasPrefix("--") ? table.option(long: String(last.dropFirst(2))) : last.last.flatMap(table.option(short:))
    guard let option, case .value = option.form else { return nil }
    return option
  }

  private static func option(attachedTo word: String, _ table: CommandTable) -> Option? {
    guard word.hasPrefix("--"), word.hasSuffix("=") else { return nil }
    return table.option(long: String(word.dropFirst(2).dropLast()))
  }

  private static func optionNames(_ table: CommandTable, _ given: [Argument], isLong: Bool) -> [String] {
    let words = Set(given.map { String($0.text.prefix { $0 != "=" }) })
    let common = table.commonOptions.filter { !ShellCommand.refusedOptions.contains($0.key) }
    return (table.options + common).filter { $0.isRepeatable || words.isDisjoint(with: $0.names) }
      .flatMap(\.names).filter { !isLong || $0.hasPrefix("--") }
  }
}
