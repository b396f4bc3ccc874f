/// One message: a request, a response, a header, or a data format that travels inside other fields.
package struct MessageSchema: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case request(apiKey: Int16)
    case response(apiKey: Int16)
    case header
    case data
  }

  package let kind: Kind
  /// The full name, such as `ProduceRequest`.
  package let name: String
  package let versions: VersionRange
  /// The versions with compact lengths and tagged fields (KIP-482), or nil where there are none.
  package let flexibleVersions: VersionRange?
  /// The fields; its name is the message's.
  package let body: StructSchema
  /// The structs that several fields name, each after those it is made of.
  package let sharedStructs: [StructSchema]

  package init(
    kind: Kind,
    name: String,
    versions: VersionRange,
    flexibleVersions: VersionRange?,
    body: StructSchema,
    sharedStructs: [StructSchema]
  ) {
    self.kind = kind
    self.name = name
    self.versions = versions
    self.flexibleVersions = flexibleVersions
    self.body = body
    self.sharedStructs = sharedStructs
  }

  package func isFlexible(_ version: Int16) -> Bool { flexibleVersions?.contains(version) ?? false }
}
