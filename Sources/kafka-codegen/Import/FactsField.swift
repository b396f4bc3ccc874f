/// A field as the description of the protocol has it.
struct FactsField: Decodable {
  let name: String
  let type: String
  let versions: String
  let nullableVersions: String?
  let taggedVersions: String?
  let tag: Int?
  let `default`: String?
  let ignorable: Bool?
  let mapKey: Bool?
  let entityType: String?
  let flexibleVersions: String?
  let fields: [FactsField]?

  /// The type without the mark of an array.
  var elementType: String { isArray ? String(type.dropFirst(2)) : type }

  var isArray: Bool { type.hasPrefix("[]") }

  /// The name with its first letter large, as all but a few have it.
  var capitalizedName: String { name.prefix(1).uppercased() + name.dropFirst() }
}
