import Foundation
import Testing

@testable import KafkaCLI

@Suite("The page about configuration")
struct ConfigurationDocumentTests {
  private static let sections = ["settings", "fixed", "without effect", "refused"]

  /// Set `KAVKA_RECORD=1` to write the tables instead of comparing them.
  @Test("its tables are those of -X list", arguments: sections)
  func tables(section: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/configuration.md")
    let page = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let begin = try #require(page.range(of: "<!-- \(section) -->\n")?.upperBound)
    let end = try #require(page[begin...].range(of: "<!-- end -->")?.lowerBound)
    let table = Self.table(section)
    if ProcessInfo.processInfo.environment["KAVKA_RECORD"] != nil, page[begin..<end] != table {
      try Data((page[..<begin] + table + page[end...]).utf8).write(to: url)
    } else {
      let isCurrent = page[begin..<end] == table
      #expect(isCurrent, "KAVKA_RECORD=1 swift test --no-parallel --filter ConfigurationDocumentTests writes it anew")
    }
  }

  private static func table(_ section: String) -> String {
    let lines = SettingCatalogue.all.compactMap { setting -> String? in
      let names = ([setting.name] + setting.aliases.map { $0.factor == 1 ? $0.name : "\($0.name) (in KiB)" })
        .map { "`\($0)`" }.joined(separator: ", ")
      switch (setting.use, section) {
      case (.sets, "settings"):
        return "| \(names) | \(setting.defaultValue) | \(setting.values) | \(setting.summary) |"
      case (.always(let values, let reason), "fixed"):
        return "| \(names) | \(values.map { $0.isEmpty ? "nothing" : "`\($0)`" }.joined(separator: ", ")) | \(reason) |"
      case (.withoutEffect(let reason), "without effect"): return "| \(names) | \(reason) |"
      case (.refused(let commands, let reason), "refused"):
        return "| \(names) | \(commands.isEmpty ? "all" : commands.sorted().joined(separator: ", ")) | \(reason) |"
      default: return nil
      }
    }
    let heads = [
      "settings": "| name | default | values | meaning |\n| --- | --- | --- | --- |\n",
      "fixed": "| name | values | because |\n| --- | --- | --- |\n",
      "without effect": "| name | because |\n| --- | --- |\n",
      "refused": "| name | by commands | because |\n| --- | --- | --- |\n",
    ]
    return "\n" + (heads[section] ?? "") + lines.joined(separator: "\n") + "\n\n"
  }
}
