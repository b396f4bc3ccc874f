import Buffers
import KafkaProtocol
import Testing

@Suite("Messages from JSON")
struct MessageEncoderTests {
  private func encode(
    _ name: String, _ json: String, version: Int16, unknown: [UnknownTaggedField] = []
  ) throws -> [UInt8] {
    let message = try #require(MessageDescription.named(name))
    let fields = try JSONParser.parse(Bytes(utf8: json))
    return try MessageEncoder.encode(
      message, MessageValue(fields: fields, unknownTaggedFields: unknown), version: version
    ).array
  }

  @Test("members that are missing have their defaults")
  func defaults() throws {
    let message = try #require(MessageDescription.named("MetadataRequest"))
    let value = try MessageDecoder.decode(
      message, from: Bytes(copying: try encode("MetadataRequest", "{}", version: 4)), version: 4)
    #expect(value.fields.description == #"{"topics":[],"allowAutoTopicCreation":true}"#)
  }

  @Test(
    "what does not fit is refused, with its place",
    arguments: [
      (#"[]"#, MessageValueError.wrongType(path: "", expected: "an object")),
      (#"{"topic":[]}"#, .unknownField(path: "topic")),
      (#"{"topics":1}"#, .wrongType(path: "topics", expected: "an array")),
      (#"{"topics":[{"name":"a"},{"name":1}]}"#, .wrongType(path: "topics[1].name", expected: "a text")),
      (#"{"topics":[{"nam":"a"}]}"#, .unknownField(path: "topics[0].nam")),
      (#"{"topics":[],"topics":[]}"#, .duplicateField(path: "topics")),
      (#"{"topics":[{"topicId":"AAAA"}]}"#, .invalidValue(path: "topics[0].topicId")),
      (#"{"allowAutoTopicCreation":0}"#, .wrongType(path: "allowAutoTopicCreation", expected: "true or false")),
      (
        #"{"includeClusterAuthorizedOperations":true}"#,
        .wire(.fieldNotInVersion(field: "includeClusterAuthorizedOperations", version: 12))
      ),
    ])
  func refusals(json: String, error: MessageValueError) {
    #expect(throws: error) { try encode("MetadataRequest", json, version: 12) }
  }

  @Test("an integer beyond its field's bits is refused")
  func range() {
    #expect(throws: MessageValueError.invalidValue(path: "acks")) {
      try encode("ProduceRequest", #"{"acks":32768}"#, version: 3)
    }
  }

  @Test("null is refused in versions without it")
  func null() {
    #expect(throws: MessageValueError.wire(.nullNotInVersion(field: "topics", version: 0))) {
      try encode("MetadataRequest", #"{"topics":null}"#, version: 0)
    }
  }

  @Test(
    "an unknown tagged field must have a struct and a tag of its own",
    arguments: [("topics[0]", 1), ("", 0)] as [(String, UInt32)])
  func misplaced(path: String, tag: UInt32) {
    let field = UnknownTaggedField(path: path, tag: tag, bytes: .empty)
    #expect(throws: MessageValueError.misplacedTaggedField(path: path, tag: tag)) {
      try encode("FetchRequest", #"{"clusterId":"c"}"#, version: 12, unknown: [field])
    }
  }

  @Test("numbers that are not finite go by name", arguments: ["NaN", "Infinity", "-Infinity"])
  func nonFinite(name: String) throws {
    let message = try #require(MessageDescription.named("AlterClientQuotasRequest"))
    let bytes = try encode(
      "AlterClientQuotasRequest", #"{"entries":[{"ops":[{"key":"k","value":"\#(name)"}]}]}"#, version: 1)
    let value = try MessageDecoder.decode(message, from: Bytes(copying: bytes), version: 1)
    #expect(value.fields.description.contains("\"value\":\"\(name)\""))
  }
}
