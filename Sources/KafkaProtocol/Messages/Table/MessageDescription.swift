/// What the tables say of one message: enough to read and write any of its versions.
package struct MessageDescription: Sendable {
  package enum Kind: Sendable {
    case request
    case response
    case header
    /// A data format that travels inside a field of other messages.
    case data
  }

  /// The full name, such as `ProduceRequest`.
  package let name: String
  package let kind: Kind
  /// The key of its API, nil for headers and data formats.
  package let apiKey: Int16?
  package let versions: ClosedRange<Int16>
  /// The first version with compact lengths and tagged fields, or nil where there is none.
  package let firstFlexibleVersion: Int16?
  /// The fields, one a line, as ``FieldLayoutParser`` reads them.
  let fields: String

  init(
    _ name: String, _ kind: Kind, key: Int16?, _ versions: ClosedRange<Int16>, flexible: Int16?, fields: String
  ) {
    self.name = name
    self.kind = kind
    self.apiKey = key
    self.versions = versions
    self.firstFlexibleVersion = flexible
    self.fields = fields
  }

  package func isFlexible(_ version: Int16) -> Bool {
    guard let firstFlexibleVersion else { return false }
    return version >= firstFlexibleVersion
  }

  private static let byName: [String: MessageDescription] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) })

  package static func named(_ name: String) -> MessageDescription? { byName[name] }

  package static func request(apiKey: Int16) -> MessageDescription? {
    API.withKey(apiKey).flatMap { named($0.name + "Request") }
  }

  package static func response(apiKey: Int16) -> MessageDescription? {
    API.withKey(apiKey).flatMap { named($0.name + "Response") }
  }
}
