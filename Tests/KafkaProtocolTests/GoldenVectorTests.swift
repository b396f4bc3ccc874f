import Buffers
import FoundationEssentials
import KafkaProtocol
import Testing

@Suite("Golden vectors", .disabled(if: MessageVector.areMissing, "the vectors are not there"))
struct GoldenVectorTests {
  @Test("the table codec reads and writes every message as Kafka does", arguments: MessageVector.sections)
  func tableCodec(section: Int) throws {
    for vector in MessageVector.section(section) {
      let message = try #require(MessageDescription.named(vector.message), "\(vector.name)")
      let decoded = try MessageDecoder.decode(message, from: vector.body, version: vector.version)
      if decoded.fields != vector.value.fields {
        Issue.record("\(vector.name) reads as \(decoded.fields), not \(vector.value.fields)")
      }
      #expect(inOrder(decoded.unknownTaggedFields) == inOrder(vector.value.unknownTaggedFields), "\(vector.name)")
      let encoded = try MessageEncoder.encode(message, vector.value, version: vector.version)
      if encoded != vector.body { Issue.record("\(vector.name) is written as other bytes") }
    }
  }

  /// Sorts what has an order of its own only within a struct.
  private func inOrder(_ fields: [UnknownTaggedField]) -> [UnknownTaggedField] {
    fields.sorted { ($0.path, $0.tag) < ($1.path, $1.tag) }
  }

  @Test("S01: generated types read and write their messages as Kafka does", arguments: MessageVector.sections)
  func typedCodecs(section: Int) throws {
    for vector in MessageVector.section(section) {
      guard let typed = TypedMessage.all[vector.message] else { continue }
      let message = try #require(MessageDescription.named(vector.message))
      // Typed messages pass over what they do not know.
      let known = try MessageEncoder.encode(message, MessageValue(fields: vector.value.fields), version: vector.version)
      if try typed.recode(vector.body, vector.version) != known {
        Issue.record("\(vector.name) is written as other bytes")
      }
    }
  }

  @Test("every message and version of the schemas has a vector")
  func coverage() {
    let covered = Set(MessageVector.all.map { "\($0.message) \($0.version)" })
    let known = Set(MessageDescription.all.flatMap { message in message.versions.map { "\(message.name) \($0)" } })
    #expect(covered == known)
  }

  @Test("every API with generated types is among those that are tested")
  func typedCoverage() throws {
    let list = try #require(FileManager.default.contents(atPath: TestFiles.root + "/Schemas/typed.list"))
    let names = String(decoding: list, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(Set(names.flatMap { ["\($0)Request", "\($0)Response"] }) == Set(TypedMessage.all.keys))
  }

  @Test("JSON text comes out as values that read back the same", arguments: MessageVector.sections)
  func json(section: Int) throws {
    for vector in MessageVector.section(section) {
      let text = Bytes(utf8: vector.value.fields.description)
      #expect(try JSONParser.parse(text) == vector.value.fields, "\(vector.name)")
    }
  }
}
