import Foundation
import TestHarness
import Testing

@Suite("The program of the README", .timeLimit(.minutes(1)))
struct EmbeddingExampleTests {
  @Test("it is the one that is built with the tests")
  func text() throws {
    let readme = try Self.file("README.md")
    let program = try Self.file("Tests/Support/EmbeddingExample/Hello.swift")
    #expect(readme.contains("\n```swift\n\(program)```\n"))
  }

  @Test("it stores two records and reads them")
  func run() async throws {
    let result = try await RunningProcess("\(Programs.built)/EmbeddingExample", []).end()
    #expect(result.end == .status(0), "\(result)")
    let lines = result.lines
    #expect(lines.map { $0.split(separator: " ").last ?? "" }.sorted() == ["hello", "world"], "\(lines)")
    #expect(lines.allSatisfy { $0.hasPrefix("greetings:") }, "\(lines)")
  }

  private static func file(_ path: String) throws -> String {
    try String(contentsOfFile: "\(Programs.packageRoot)/\(path)", encoding: .utf8)
  }
}
