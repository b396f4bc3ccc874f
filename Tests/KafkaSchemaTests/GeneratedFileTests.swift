import FoundationEssentials
import Testing
import kafka_codegen

@Suite("Generated files")
struct GeneratedFileTests {
  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  @Test("they are what the schemas make now; if not, run kafka-codegen generate")
  func areCurrent() throws {
    #expect(try SchemaPackage(root: Self.root).staleFiles() == [])
  }

  static let facts: String = {
    let vectors = ProcessInfo.processInfo.environment["KAVKA_VECTORS"] ?? root + "/../shared/protocol/vectors"
    return vectors + "/.."
  }()
  static let hasFacts = FileManager.default.fileExists(atPath: facts + "/messages.json")

  @Test("the schemas say what the description of the protocol says", .enabled(if: hasFacts, "it is not there"))
  func schemasAreComplete() throws {
    let importer = FactsImporter(root: Self.root)
    let imported = try importer.files(messages: Self.facts + "/messages.json", errors: Self.facts + "/errors.tsv")
    for (name, text) in imported {
      let path = Self.root + "/Schemas/" + name
      let present = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
      #expect(present == text, "\(name)")
    }
  }
}
