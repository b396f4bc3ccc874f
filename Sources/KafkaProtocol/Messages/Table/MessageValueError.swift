/// A JSON value that is no content of the message it should be.
package enum MessageValueError: Error, Equatable, Sendable {
  /// The value is of another type than the field; `expected` names the field's.
  case wrongType(path: String, expected: String)
  /// The number has no place in the field's bits, or the text is no base64 or uuid.
  case invalidValue(path: String)
  /// The message has no such field, or the key comes twice.
  case unknownField(path: String)
  case duplicateField(path: String)
  /// An unknown tagged field has the tag of a known one or of another, or a path that leads to no struct.
  case misplacedTaggedField(path: String, tag: UInt32)
  case wire(WireError)
}

extension MessageValueError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wrongType(let path, let expected): "\(path) is not \(expected)"
    case .invalidValue(let path): "\(path) has a value that does not fit"
    case .unknownField(let path): "\(path) is not a field"
    case .duplicateField(let path): "\(path) is given twice"
    case .misplacedTaggedField(let path, let tag): "tag \(tag) has no place in '\(path)'"
    case .wire(let error): error.description
    }
  }
}
