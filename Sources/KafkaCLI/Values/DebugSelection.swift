import KafkaClient

/// What `-d` asks for: `AREA[:LEVEL],…`, such as `conn,protocol:trace`.
package struct DebugSelection: Hashable, Sendable {
  /// The areas by the names that users have for them.
  private static let areas: [(name: String, area: KafkaClientEvent.Area)] = [
    ("conn", .connection), ("io", .io), ("protocol", .protocol), ("group", .group), ("producer", .producer),
    ("consumer", .consumer),
  ]
  /// The levels by name, and by the numbers that older tools have for them.
  private static let levels: [(name: String, number: String, level: KafkaClientEvent.Level)] = [
    ("info", "1", .info), ("debug", "2", .debug), ("trace", "3", .trace),
  ]
  private static let all = "all"

  static let areaNames = areas.map(\.name) + [all]

  private var levels: [KafkaClientEvent.Area: KafkaClientEvent.Level] = [:]

  /// Reads specifications; of several for one area the last one counts. A level alone is for all areas.
  package init(argument text: String) throws(UsageError) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(Self.trimmed)
      let isLevelAlone = words.count == 1 && Self.levels.contains { $0.number == words[0] }
      let level = isLevelAlone ? try Self.level(words[0]) : words.count == 2 ? try Self.level(words[1]) : .debug
      for area in isLevelAlone ? KafkaClientEvent.Area.allCases : try Self.areas(words[0]) { levels[area] = level }
    }
  }

  /// The events that a client has to make so that these can be shown, beside those that it makes anyway.
  var events: KafkaEventSelection {
    var events = KafkaEventSelection()
    for (area, level) in levels { events[area] = level }
    return events
  }

  /// Whether an event is among those asked for.
  func includes(_ event: KafkaClientEvent) -> Bool { levels[event.area].map { event.level >= $0 } ?? false }

  /// The name of an area.
  static func name(of area: KafkaClientEvent.Area) -> String { areas.first { $0.area == area }?.name ?? "" }

  mutating func add(_ other: DebugSelection) { levels.merge(other.levels) { $1 } }

  private static func areas(_ text: String) throws(UsageError) -> [KafkaClientEvent.Area] {
    let name = text.lowercased()
    if name == all { return KafkaClientEvent.Area.allCases }
    if let known = areas.first(where: { $0.name == name || name == "connection" && $0.area == .connection }) {
      return [known.area]
    }
    guard name != "sasl" else { throw UsageError("nothing goes on in sasl", advice: SettingCatalogue.withoutSecurity) }
    throw UsageError("unknown area '\(text)'", advice: "use \(areaNames.joined(separator: ", "))")
  }

  private static func level(_ text: String) throws(UsageError) -> KafkaClientEvent.Level {
    let name = text.lowercased()
    if let known = levels.first(where: { $0.name == name || $0.number == name }) { return known.level }
    throw UsageError("unknown level '\(text)'", advice: "use \(levels.map(\.name).joined(separator: ", "))")
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    return String(start[..<(start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)])
  }
}
