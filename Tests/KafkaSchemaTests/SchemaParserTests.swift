import KafkaSchema
import Testing

@Suite("Schema files")
struct SchemaParserTests {
  @Test("a field has the versions of the struct around it unless it names its own")
  func versions() throws {
    let file = try SchemaParser.parse(
      """
      data Example
        versions 0-5
        flexible 4+
        fields
          Topics [Topic] 2+  # a comment
            Name string? = null key
            Id uuid 3-4 ignorable
      """, file: "example.schema")
    let message = try #require(file.allMessages.first)
    let topics = try #require(message.body.fields.first)
    let topic = try #require(topics.type.structure)
    #expect(topics.versions == VersionRange(2, 5))
    #expect(topic.fields.map(\.versions) == [VersionRange(2, 5), VersionRange(3, 4)])
    #expect(topic.fields[0].nullableVersions == VersionRange(2, 5))
    #expect(topic.fields[0].defaultValue == .null && topic.fields[0].isMapKey)
    #expect(topic.fields[1].isIgnorable)
    #expect(!message.isFlexible(3) && message.isFlexible(4))
  }

  @Test(
    "what cannot be meant is refused with file and line",
    arguments: [
      ("Field int23", "no type or struct 'int23'; a struct stands before what names it"),
      ("Field", "a field takes a name and a type"),
      ("field int8", "field name 'field' does not begin with a capital letter"),
      ("Field int8 7", "versions 7 are not within 0+"),
      ("Field int8 3-2", "versions 3-2 are not within 0+"),
      ("Field int8?", "'int8' has no null"),
      ("Field string 2+ = null", "null as the default of 'Field', which is never null"),
      ("Field string?1+ 2+", "null in versions 1+, which are not versions of the field"),
      ("Field int8 = 200", "200 is no default for 'int8'"),
      ("Field string = \"a", "a text without its closing quote"),
      ("Field int8 3+ tag 0", "tagged field 'Field' in versions that are not flexible"),
      ("Field records 4+ tag 0", "records cannot be a tagged field"),
      ("Field int8 optional", "unknown word 'optional'"),
      ("Field [[int8]]", "an array of arrays"),
      ("Field [int8", "'[int8' lacks its closing bracket"),
      ("\tField int8", "a tab or carriage return; lines are indented by spaces"),
      (" Field int8", "indented by 5 spaces; two more than the line it belongs to"),
      ("Other int8", "a second field 'Other' in 'Example'"),
    ])
  func refusals(line: String, message: String) {
    let text = """
      data Example
        versions 0-5
        flexible 4+
        fields
          Other int8
          \(line)
      """
    #expect(throws: SchemaError(file: "example.schema", line: 6, message: message)) {
      try SchemaParser.parse(text, file: "example.schema")
    }
  }

  @Test("elements that take no bytes are refused, as any count of them would fit")
  func emptyElements() {
    let text = """
      data Example
        versions 0-1
        flexible none
        fields
          Topics [Topic]
            Name string 1+
      """
    let error = SchemaError(file: "e", line: 5, message: "elements 'Topic' take no bytes in version 0")
    #expect(throws: error) { try SchemaParser.parse(text, file: "e") }
  }

  @Test("an error says where it is as compilers do")
  func description() {
    #expect(SchemaError(file: "a.schema", line: 3, message: "what").description == "a.schema:3: what")
  }

  @Test("structs stand before what names them, and belong to all their fields")
  func sharedStructs() throws {
    let file = try SchemaParser.parse(
      """
      api 7 Example
        versions 0-2
        flexible none
        listeners broker controller
        unstable 2
        request
          struct Node
            Id int32
          Leader Node? = null
          Others [Node] 1+
        response
          Error errorCode
      """, file: "example.schema")
    let api = try #require(file.apis.first)
    #expect(api.request.sharedStructs.map(\.name) == ["Node"])
    #expect(api.request.body.fields.map { $0.type.structure?.isShared } == [true, true])
    #expect(api.request.kind == .request(apiKey: 7) && api.response.name == "ExampleResponse")
    #expect(api.unstableVersion == 2 && api.listeners == ["broker", "controller"])
  }

  @Test(
    "a message must say all that is needed of it, once",
    arguments: [
      ("message A", 1, "'message' where 'api', 'header' or 'data' should begin a message"),
      ("data A\n  flexible none\n  fields", 1, "'A' has no 'versions'"),
      ("data A\n  versions 0\n  flexible none", 1, "'A' has no 'fields'"),
      ("data A\n  versions 3-1", 2, "'versions' takes a range such as 0-5"),
      ("data A\n  versions 0-3\n  flexible 1-2", 3, "'flexible' takes a range such as 9+, or none"),
      ("data A\n  versions 0\n  versions 0", 3, "a second 'versions'"),
      ("data A\n  listeners broker", 2, "unknown section 'listeners'"),
      (
        "data A\n  versions 0\n  flexible none\n  fields\n    struct B\n      C int8\n    D B\n      E int8", 7,
        "a second struct 'B'"
      ),
      ("api x A", 1, "'api' takes a key and a name"),
    ])
  func incompleteMessages(text: String, line: Int, message: String) {
    #expect(throws: SchemaError(file: "e", line: line, message: message)) { try SchemaParser.parse(text, file: "e") }
  }

  @Test("error codes are read with what they imply, in rising order")
  func errorTable() throws {
    let table = try ErrorTable.parse("-1 A\n6 B retriable refresh  # why", file: "errors.table")
    #expect(table.entries.map(\.code) == [-1, 6])
    #expect(table.entries.map(\.isRetriable) == [false, true])
    #expect(throws: SchemaError(file: "e", line: 2, message: "code 1 after 2")) {
      try ErrorTable.parse("2 A\n1 B", file: "e")
    }
  }
}
