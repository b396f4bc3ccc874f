/// What a field holds on the wire.
package indirect enum FieldType: Equatable, Sendable {
  case bool
  case int8
  case int16
  case uint16
  case int32
  case uint32
  case int64
  case float64
  case uuid
  case string
  case bytes
  /// Record batches: bytes to the codec, but kept as a slice of the frame and never copied.
  case records
  /// An int16 that names an error.
  case errorCode
  case array(FieldType)
  case structure(StructSchema)

  private static let scalars: [String: FieldType] = [
    "bool": .bool, "int8": .int8, "int16": .int16, "uint16": .uint16, "int32": .int32, "uint32": .uint32,
    "int64": .int64, "float64": .float64, "uuid": .uuid, "string": .string, "bytes": .bytes,
    "records": .records, "errorCode": .errorCode,
  ]

  /// Looks a type up that has no parts of its own.
  package init?(scalar name: some StringProtocol) {
    guard let type = Self.scalars[String(name)] else { return nil }
    self = type
  }

  /// Whether null has a place on the wire: what has a length, and structs, which then have a byte before them.
  package var canBeNull: Bool {
    switch self {
    case .string, .bytes, .records, .array, .structure: true
    default: false
    }
  }

  /// The struct that the field, or each element of its array, is made of.
  package var structure: StructSchema? {
    switch self {
    case .structure(let schema): schema
    case .array(let element): element.structure
    default: nil
    }
  }

  /// The fewest bytes a value takes in `version`.
  package func smallestSize(version: Int16, isFlexible: Bool) -> Int {
    switch self {
    case .bool, .int8: 1
    case .int16, .uint16, .errorCode: 2
    case .int32, .uint32: 4
    case .int64, .float64: 8
    case .uuid: 16
    case .string: isFlexible ? 1 : 2
    case .bytes, .records, .array: isFlexible ? 1 : 4
    case .structure(let schema): schema.smallestSize(version: version, isFlexible: isFlexible)
    }
  }
}
