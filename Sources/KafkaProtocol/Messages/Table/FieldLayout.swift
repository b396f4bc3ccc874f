/// How one field goes on the wire, and what stands for it in JSON.
struct FieldLayout: Sendable {
  enum Element: Sendable {
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
    case structure([FieldLayout])
  }

  /// The name, its first letter small.
  let name: String
  let element: Element
  let isArray: Bool
  let versions: ClosedRange<Int16>
  /// Where it may be null; empty ranges are nil.
  let nullableVersions: ClosedRange<Int16>?
  let tag: UInt32?
  let defaultValue: JSONValue
  let isIgnorable: Bool
  /// Whether its length stays an int16 in flexible versions.
  let hasFixedLength: Bool
  /// A number of bytes that no element takes less than; at least 1.
  let smallestElement: Int

  func allowsNull(_ version: Int16) -> Bool { nullableVersions?.contains(version) ?? false }

  var structFields: [FieldLayout]? {
    if case .structure(let fields) = element { fields } else { nil }
  }
}
