import Foundation
import KafkaMockBroker
import TestHarness
import Testing

@Suite("Pages with blocks of shell")
struct PageTests {
  /// A quick start is one session; of the recipes, each has a cluster of its own.
  @Test(
    "S39: each block does what the page shows",
    arguments: [("quick-start.md", true, 3), ("recipes.md", false, 10)])
  func blocks(page: String, isOneSession: Bool, count: Int) async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("docs/\(page)"), encoding: .utf8)
    let sections = MarkdownScripts(text).sections.map(\.blocks)
    #expect(sections.count == count)
    for blocks in isOneSession ? [sections.flatMap { $0 }] : sections {
      try await withMockCluster(topics: ["orders": 1]) { old in
        try await withMockCluster(topics: ["orders": 1]) { new in
          var shell = try ShellScript(brokers: old.bootstrapServers)
          shell.environment["OLD"] = old.bootstrapServers
          shell.environment["NEW"] = new.bootstrapServers
          for block in blocks where !block.script.contains("jq ") || Programs.has("jq") {
            let result = try await shell.run(block.script, by: ["bash", "-euo", "pipefail", "-c"])
            #expect(result.succeeded, "\(page):\(block.line): \(result)")
            #expect(result.text == block.output, "\(page):\(block.line): \(result)")
          }
        }
      }
    }
  }
}
