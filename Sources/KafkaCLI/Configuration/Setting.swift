/// A setting by which Kafka's clients are configured, and what it means here.
package struct Setting: Sendable {
  /// Another name, and how many of the setting's units one of its own is.
  package struct Alias: Sendable, ExpressibleByStringLiteral {
    package let name: String
    let factor: Int64

    init(_ name: String, factor: Int64 = 1) {
      self.name = name
      self.factor = factor
    }

    package init(stringLiteral name: String) { self.init(name) }
  }

  /// An option that says the same.
  struct Override: Sendable {
    let option: Option
    /// Turns the option's value into the setting's; nothing if it says nothing about it.
    let text: @Sendable (String) throws(UsageError) -> String?

    init(_ option: Option, _ text: @escaping @Sendable (String) throws(UsageError) -> String? = { $0 }) {
      self.option = option
      self.text = text
    }
  }

  /// What comes of a value.
  enum Use: Sendable {
    /// It is honoured. The closure checks and stores it, and returns it as `-X dump` writes it.
    case sets(@Sendable (String, inout ClientSettings) throws(UsageError) -> String)
    /// It is so always, so that only these values can be taken.
    case always([String], because: String)
    /// Nobody can see whether it is honoured.
    case withoutEffect(String)
    /// It cannot be honoured by these commands, and is without effect in others; by none if there are no names.
    case refused(by: Set<String>, String)
    /// It is about who may read and write, so that passing it over could do harm.
    case security
  }

  /// Whose setting it is: what concerns the client cannot be changed by a command of the shell.
  enum Scope: Sendable {
    case client
    case command
  }

  package let name: String
  package let aliases: [Alias]
  /// What it takes, for people.
  package let values: String
  package let defaultValue: String
  /// What it does, for one line of a table.
  package let summary: String
  let scope: Scope
  let overrides: [Override]
  let use: Use

  /// Whether values are taken and do something.
  package var isHonoured: Bool { if case .sets = use { true } else { false } }

  /// Whether it is about authentication and encryption.
  var isSecurity: Bool { if case .security = use { true } else { false } }

  /// Whether only its name may be shown.
  static func isSecret(_ name: String) -> Bool {
    ["password", "secret", "jaas", "token", "credential", "key", "pem", "username", "config"]
      .contains { name.firstPlace(of: $0) != nil }
  }

  /// The value that `text` is under one of the setting's names, in the setting's own unit.
  func inOwnUnit(_ text: String, named name: String) throws(UsageError) -> String {
    guard let factor = aliases.first(where: { $0.name == name })?.factor, factor != 1 else { return text }
    guard let number = DecimalNumber.parse(text) else { throw UsageError("'\(text)' is not a whole number") }
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
    guard !isTooLarge else { throw UsageError("'\(text)' is out of range") }
    return "\(product)"
  }
}
