/// The tables of `-X list` and `-X dump`.
package enum SettingsReport {
  /// What `-X` can be told in place of a setting.
  package enum Form: String, Sendable {
    case list, dump
  }

  /// All settings that are known.
  package static var list: TextTable {
    var table = TextTable(columns: ["NAME", "DEFAULT", "VALUES", "OTHER NAMES", "MEANING"].map { .init($0) })
    for setting in SettingCatalogue.all {
      let aliases = setting.aliases.map { $0.factor == 1 ? $0.name : "\($0.name) (in \($0.factor))" }
      table.append(
        [setting.name, setting.defaultValue, setting.values, aliases.joined(separator: ","), setting.summary]
          .map { $0.isEmpty ? "-" : $0 })
    }
    return table
  }

  /// The settings in force for a command line, each with who said so; `***` in place of secrets.
  static func dump(_ configuration: Configuration, _ parsed: ParsedArguments) throws(UsageError) -> TextTable {
    var table = TextTable(columns: ["NAME", "VALUE", "FROM"].map { .init($0) })
    let honoured = SettingCatalogue.all.filter(\.isHonoured)
    let said = try configuration.withOptions(parsed).values
    var values: [String: Configuration.Value] = [:]
    for setting in honoured {
      values[setting.name] = said[setting.name] ?? .init(text: setting.defaultValue, origin: .standard)
    }
    if let acks = values["request.required.acks"], acks.text != "all", values["enable.idempotence"]?.text == "true" {
      values["enable.idempotence"] = .init(text: "false", origin: acks.origin)
    }
    for name in honoured.map(\.name) {
      guard let value = values[name] else { continue }
      table.append([name, value.text.isEmpty ? "-" : value.text, value.origin.description])
    }
    for (name, value) in configuration.values.sorted(by: { $0.key < $1.key }) {
      guard let setting = SettingCatalogue.find(name)?.setting, setting.isSecurity else { continue }
      table.append([name, Setting.isSecret(name) ? "***" : value.text, value.origin.description])
    }
    return table
  }
}
