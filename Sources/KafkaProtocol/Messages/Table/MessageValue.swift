/// A message's content: the fields in JSON, and the tagged fields that have no name for it.
///
/// Keys are the field names with a small first letter. Bytes and records are base64 with padding, a uuid is 22
/// characters of URL-safe base64, an error code is a number, a number that is not finite is its name as a text. A
/// tagged field is there only where its value is not its default.
package struct MessageValue: Equatable, Sendable {
  package var fields: JSONValue
  package var unknownTaggedFields: [UnknownTaggedField]

  package init(fields: JSONValue, unknownTaggedFields: [UnknownTaggedField] = []) {
    self.fields = fields
    self.unknownTaggedFields = unknownTaggedFields
  }
}
