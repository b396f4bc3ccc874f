/// All settings of Kafka's clients that are known here, by the names of librdkafka and of the Java client.
package enum SettingCatalogue {
  static let withoutSecurity = "TLS and SASL are not in this version"

  /// Those that are honoured first, then those that are not.
  package static let all: [Setting] = [client, producer, consumer, fixed, security, withoutEffect, refused].flatMap {
    $0
  }

  /// What a shell offers for the value of `-X`: the settings that do something, and the words in place of one.
  static var completions: [String] {
    all.filter(\.isHonoured).map(\.name) + ["list", "dump"]
  }

  private static let byName: [String: Setting] = {
    var settings: [String: Setting] = [:]
    for setting in all {
      for name in [setting.name] + setting.aliases.map(\.name) {
        precondition(settings[name] == nil, "\(name) is in the catalogue twice")
        settings[name] = setting
      }
    }
    return settings
  }()

  /// The beginnings of names that are about security, whatever follows.
  private static let securityPrefixes = ["security.", "ssl.", "sasl.", "enable.ssl.", "enable.sasl.", "https."]

  /// The setting of a name, and the name without the `topic.` that librdkafka allows before those of topics.
  package static func find(_ name: String) -> (setting: Setting, name: String)? {
    if let setting = byName[name] { return (setting, name) }
    if name.hasPrefix("topic."), let setting = byName[String(name.dropFirst("topic.".count))] {
      return (setting, String(name.dropFirst("topic.".count)))
    }
    guard securityPrefixes.contains(where: name.hasPrefix) else { return nil }
    return (.security(name), name)
  }

  /// What someone who mistyped a name may have meant.
  package static func nearest(to name: String) -> String? {
    NearestName.of(name, in: byName.keys.sorted())
  }
}
