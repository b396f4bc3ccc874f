/// A JSON value that keeps what the protocol needs kept: 64-bit integers, the order of members, the bytes of texts.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number written without a fraction or exponent that fits.
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in their order. The parser refuses no key that comes twice; who reads the object decides.
  case object([JSONMember])

  /// The first member of this key, or nil where there is none or the value is no object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}

extension JSONValue: Equatable {
  /// Compares texts by their bytes, numbers by their bits and members in order.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}
