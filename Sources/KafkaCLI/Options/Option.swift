/// One option of a command, from which its parsing, its help, its manual entry and its completion come.
package struct Option: Sendable {
  /// Whether a value follows.
  package enum Form: Sendable {
    case flag
    /// A value must follow, attached or as the next word; the text stands for it in help.
    case value(String)
    /// A value may follow after `=` only; the text stands for it in help.
    case optionalValue(String)
  }

  /// The letter after one dash.
  package let short: Character?
  /// The name after two dashes.
  package let long: String?
  package let form: Form
  /// What a shell offers for the value.
  package let completion: ValueCompletion
  /// Whether each occurrence counts; otherwise the last one does.
  package let isRepeatable: Bool
  /// What it does, for one line of help.
  package let summary: String
  /// What holds without the option, where that is not plain.
  package let defaultValue: String?
  /// More, for the manual.
  package let details: String

  package init(
    _ short: Character? = nil, _ long: String? = nil, _ form: Form = .flag, completion: ValueCompletion = .none,
    isRepeatable: Bool = false, summary: String, default defaultValue: String? = nil, details: String = ""
  ) {
    precondition(short != nil || long != nil, "an option needs a name")
    self.short = short
    self.long = long
    self.form = form
    self.completion = completion
    self.isRepeatable = isRepeatable
    self.summary = summary
    self.defaultValue = defaultValue
    self.details = details
  }

  /// The names with their dashes, the short one first.
  package var names: [String] {
    [short.map { "-\($0)" }, long.map { "--\($0)" }].compactMap { $0 }
  }

  /// The summary with the default, as help and completions show it.
  var line: String { defaultValue.map { "\(summary) [\($0)]" } ?? summary }

  /// What tells the option from the others of its command.
  var key: String { long ?? short.map(String.init) ?? "" }

  /// The names and the value, as help writes them: `-b, --brokers HOST[:PORT],…`.
  package var heading: String {
    let names = names.joined(separator: ", ")
    switch form {
    case .flag: return names
    case .value(let value): return "\(names) \(value)"
    case .optionalValue(let value): return "\(names)[=\(value)]"
    }
  }
}

/// What a shell offers in place of a value or an operand.
package enum ValueCompletion: Hashable, Sendable {
  case none
  case choices([String])
  case file
  /// The names of the cluster's topics.
  case topic
  /// The names of the cluster's groups.
  case group
}
