import Foundation
import Testing

@Suite("The list of scenarios")
struct ScenarioListTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("each scenario of docs/testing.md is in the name of a test, but for those that say 'not yet'")
  func scenarios() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("docs/testing.md"), encoding: .utf8)
    let listed = page.split(separator: "\n").filter { $0.wholeMatch(of: /- S\d\d: .*/) != nil }
    #expect(listed.map { $0.dropFirst(2).prefix(3) } == (1...48).map { $0 < 10 ? "S0\($0)" : "S\($0)" })
    let promised = listed.filter { !$0.contains("not yet") }.map { String($0.dropFirst(2).prefix(3)) }

    var tested: Set<String> = []
    let files = FileManager.default.enumerator(
      at: Self.root.appendingPathComponent("Tests"), includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /"((?:S\d\d(?:, )?)+): |\((S\d\d)\)"/) {
        for name in match.output.0.matches(of: /S\d\d/) { tested.insert(String(name.output)) }
      }
    }
    #expect(promised.filter { !tested.contains($0) } == [])
  }
}
