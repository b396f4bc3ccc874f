extension Configuration {
  /// Gathers the configuration of a command line: a file, the environment, and the values of `-X`, each stronger than
  /// those before.
  ///
  /// A command of the shell has the shell's configuration in place of a file and the environment.
  ///
  /// - Throws: For a file that was named and cannot be read, and for what is wrong in any of them.
  package init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageError) {
    self.init()
    guard parsed.table.takesSettings else { return }
    let command = parsed.table.name
    if let outer = parsed.inherited {
      self = outer.inherited
    } else {
      let source = ConfigurationSource(environment: environment)
      try read(source, parsed, for: command)
      if let brokers = source.variable("KAVKA_BROKERS") {
        try setBrokers(brokers)
      }
    }
    for (name, text) in try Self.assignments(parsed) {
      if parsed.inherited != nil, let setting = SettingCatalogue.find(name)?.setting, setting.scope == .client {
        throw UsageError(
          "all commands of the shell share one client", place: "option -X: \(name)",
          advice: "exit, and start kavka shell with it")
      }
      try set(name, to: text, from: .option("-X"), for: command)
    }
  }

  /// The configuration with what options say that have a setting: for a table, and for what runs inside of a shell.
  ///
  /// - Throws: For values of options that are wrong.
  func withOptions(_ parsed: ParsedArguments) throws(UsageError) -> Configuration {
    var configuration = self
    for setting in SettingCatalogue.all {
      for override in setting.overrides where parsed.isKnown(override.option) {
        guard let use = parsed.lastUse(of: override.option) else { continue }
        let place = "option \(use.spelling)"
        do throws(UsageError) {
          guard let text = try override.text(use.value?.validText() ?? "") else { continue }
          try configuration.set(setting.name, to: text, from: .option(use.spelling), for: parsed.table.name)
        } catch {
          var error = error
          error.place = place
          throw error
        }
      }
    }
    return configuration
  }

  private mutating func setBrokers(_ text: String) throws(UsageError) {
    let origin = SettingOrigin.environment("KAVKA_BROKERS")
    do throws(UsageError) {
      try set("bootstrap.servers", to: text, from: origin, for: "")
    } catch {
      // The name of the variable says it all.
      var error = error
      error.place = origin.description
      throw error
    }
  }

  /// What `-X` was given, as names and values.
  private static func assignments(_ parsed: ParsedArguments) throws(UsageError) -> [(String, String)] {
    try parsed.values(CommonOptions.setting) { argument throws(UsageError) in
      let text = try argument.validText()
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        if SettingsReport.Form(rawValue: text) != nil { return nil }
        throw UsageError("'\(text)' is not KEY=VALUE", advice: "-X list lists the settings")
      }
      return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }.compactMap { $0 }
  }

  // MARK: Files

  /// How many profiles a message names.
  private static let shownProfiles = 20

  private mutating func read(
    _ source: ConfigurationSource, _ parsed: ParsedArguments, for command: String
  ) throws(UsageError) {
    let option = parsed.lastUse(of: CommonOptions.config)
    let named = try parsed.value(CommonOptions.profile) { $0 }
    let wanted = named ?? source.variable("KAVKA_PROFILE")
    let namedBy = named == nil ? "$KAVKA_PROFILE" : "option --profile"
    guard let file = source.file(option: option?.value, spelling: option?.spelling ?? ""),
      let contents = try Self.contents(of: file)
    else {
      guard let wanted else { return }
      throw UsageError(
        "there is no profile '\(wanted)'", place: namedBy,
        advice: "profiles are in a configuration file; name it with -F")
    }
    let name = String(decoding: file.name, as: UTF8.self)
    let properties = try PropertiesFile(name: name, contents: contents)
    if let wanted, !properties.profiles.contains(wanted) {
      let shown = properties.profiles.prefix(Self.shownProfiles)
      let known = shown.joined(separator: ", ") + (shown.count < properties.profiles.count ? ", …" : "")
      throw UsageError(
        "there is no profile '\(wanted)'", place: namedBy,
        advice: known.isEmpty ? "\(name) has no profiles" : "\(name) has \(known)")
    }
    // What stands before the sections holds for all, and is weaker than what a section says.
    for section in wanted.map({ [nil, $0] }) ?? [nil] {
      for entry in properties.entries where entry.profile == section {
        try set(entry.key, to: entry.value, from: .file(name, line: entry.line), for: command)
      }
    }
  }

  /// - Returns: Nothing for the user's own file where there is none.
  private static func contents(of file: ConfigurationSource.File) throws(UsageError) -> [UInt8]? {
    do throws(InputError) {
      return try ConfigurationFile(path: file.name).contents(isOptional: file.namedBy == nil)
    } catch {
      throw UsageError(error.message, place: file.namedBy)
    }
  }
}
