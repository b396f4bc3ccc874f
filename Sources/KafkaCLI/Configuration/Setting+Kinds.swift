/// The kinds of values that settings have. Each stores its value where the key path says.
extension Setting {
  typealias Place<Value> = any WritableKeyPath<ClientSettings, Value?> & Sendable

  /// A time in whole milliseconds.
  static func milliseconds(
    _ name: String, also aliases: [Alias] = [], _ range: ClosedRange<Int64>, default defaultValue: Int64,
    _ place: Place<Duration>, scope: Scope = .command, by overrides: [Override] = [], _ summary: String
  ) -> Setting {
    Setting(
      name: name, aliases: aliases, values: "\(shown(range)) ms", defaultValue: "\(defaultValue)", summary: summary,
      scope: scope, overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        let number = try DecimalNumber.parse(text, in: range)
        settings[keyPath: place] = .milliseconds(number)
        return "\(number)"
      })
  }

  /// A time in milliseconds with up to three decimals, as librdkafka has some.
  static func decimalMilliseconds(
    _ name: String, also aliases: [Alias] = [], _ range: ClosedRange<Int64>, default defaultValue: Int64,
    _ place: Place<Duration>, by overrides: [Override] = [], _ summary: String
  ) -> Setting {
    Setting(
      name: name, aliases: aliases, values: "\(shown(range)) ms", defaultValue: "\(defaultValue)", summary: summary,
      scope: .command, overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = try DecimalNumber.parse(String(parts[0]), in: range)
        var microseconds: Int64 = 0
        if parts.count == 2 {
          guard (1...3).contains(parts[1].count), let decimals = DecimalNumber.parse(parts[1]) else {
            throw UsageError("'\(text)' is not a number of milliseconds")
          }
          microseconds = [100, 10, 1][parts[1].count - 1] * decimals
          guard whole < range.upperBound || microseconds == 0 else {
            throw UsageError(
              "'\(text)' is out of range", advice: "from \(range.lowerBound) to \(range.upperBound)")
          }
        }
        settings[keyPath: place] = .milliseconds(whole) + .microseconds(microseconds)
        return text
      })
  }

  /// A whole number, of bytes where `unit` says so.
  static func number(
    _ name: String, also aliases: [Alias] = [], _ range: ClosedRange<Int64>, default defaultValue: Int64?,
    unit: String = "", _ place: Place<Int>, scope: Scope = .command, by overrides: [Override] = [],
    _ summary: String
  ) -> Setting {
    Setting(
      name: name, aliases: aliases, values: shown(range) + unit, defaultValue: defaultValue.map { "\($0)" } ?? "",
      summary: summary, scope: scope, overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        let number = try DecimalNumber.parse(text, in: range)
        settings[keyPath: place] = Int(number)
        return "\(number)"
      })
  }

  /// A level of a codec, which may be negative.
  ///
  /// - Parameter unset: What stands for the codec's own default.
  static func level(
    _ name: String, _ range: ClosedRange<Int>, unset: String? = "-1", default defaultValue: String = "-1",
    _ place: Place<Int>,
    by overrides: [Override] = [], _ summary: String
  ) -> Setting {
    Setting(
      name: name, aliases: [], values: "\(range.lowerBound) to \(range.upperBound)", defaultValue: defaultValue,
      summary: summary, scope: .command, overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        guard text != unset else {
          settings[keyPath: place] = nil
          return text
        }
        guard let level = Int(text) else { throw UsageError("'\(text)' is not a whole number") }
        guard range.contains(level) else {
          throw UsageError(
            "'\(text)' is out of range", advice: "from \(range.lowerBound) to \(range.upperBound)")
        }
        settings[keyPath: place] = level
        return "\(level)"
      })
  }

  static func boolean(
    _ name: String, default defaultValue: Bool, _ place: Place<Bool>, scope: Scope = .command,
    by overrides: [Override] = [], _ summary: String
  ) -> Setting {
    choice(
      name, [("true", true), ("false", false)], synonyms: ["1": "true", "0": "false"],
      default: "\(defaultValue)", place, scope: scope, by: overrides, summary)
  }

  /// One of a few words. The case of letters does not count.
  ///
  /// - Parameters:
  ///   - synonyms: Words that mean one of the others.
  ///   - refused: Words that other clients know, and why they cannot be honoured.
  static func choice<Value: Sendable>(
    _ name: String, also aliases: [Alias] = [], _ choices: [(word: String, value: Value)],
    synonyms: [String: String] = [:], refused: [String: String] = [:], default defaultValue: String,
    _ place: Place<Value>, scope: Scope = .command, by overrides: [Override] = [], _ summary: String
  ) -> Setting {
    let words = choices.map(\.word).joined(separator: ", ")
    return Setting(
      name: name, aliases: aliases, values: words, defaultValue: defaultValue, summary: summary, scope: scope,
      overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        let lowercased = text.lowercased()
        let word = synonyms[lowercased] ?? lowercased
        guard let choice = choices.first(where: { $0.word == word }) else {
          if let reason = refused[word] { throw UsageError("'\(text)' is not supported", advice: reason) }
          throw UsageError("'\(text)' is not one of \(words)")
        }
        settings[keyPath: place] = choice.value
        return word
      })
  }

  /// A text of any form that `read` takes.
  static func text<Value>(
    _ name: String, also aliases: [Alias] = [], values: String, default defaultValue: String, _ place: Place<Value>,
    by overrides: [Override] = [], _ summary: String,
    _ read: @escaping @Sendable (String) throws(UsageError) -> Value
  ) -> Setting {
    Setting(
      name: name, aliases: aliases, values: values, defaultValue: defaultValue, summary: summary, scope: .client,
      overrides: overrides,
      use: .sets { (text, settings) throws(UsageError) in
        settings[keyPath: place] = try read(text)
        return text
      })
  }

  // MARK: What is not honoured

  static func always(_ name: String, also aliases: [Alias] = [], _ values: [String], _ reason: String) -> Setting {
    Setting(
      name: name, aliases: aliases, values: values.joined(separator: ", "), defaultValue: values[0],
      summary: "nothing else: \(reason)", scope: .command, overrides: [], use: .always(values, because: reason))
  }

  static func withoutEffect(_ name: String, also aliases: [Alias] = [], _ reason: String) -> Setting {
    Setting(
      name: name, aliases: aliases, values: "anything", defaultValue: "", summary: "without effect: \(reason)",
      scope: .command, overrides: [], use: .withoutEffect(reason))
  }

  static func refused(
    _ name: String, also aliases: [Alias] = [], by commands: Set<String> = [], _ reason: String
  ) -> Setting {
    Setting(
      name: name, aliases: aliases, values: "", defaultValue: "", summary: "not supported: \(reason)", scope: .command,
      overrides: [], use: .refused(by: commands, reason))
  }

  static func security(_ name: String, values: String = "") -> Setting {
    Setting(
      name: name, aliases: [], values: values, defaultValue: "",
      summary: "not supported: \(SettingCatalogue.withoutSecurity)", scope: .client, overrides: [], use: .security)
  }

  private static func shown(_ range: ClosedRange<Int64>) -> String {
    range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
