/// Bytes that are no message of the version they were read as, or a value that has no form in the version it is
/// written in.
///
/// Offsets count from the first byte of what the reader was given.
package enum WireError: Error, Equatable, Sendable {
  /// The input ends inside a value that takes `needed` bytes from `offset` on.
  case truncated(offset: Int, needed: Int)
  /// A variable-length integer has more bytes or bits than its type.
  case malformedVarint(offset: Int)
  /// A length is negative, or more than the bytes left.
  case invalidLength(offset: Int, length: Int)
  /// An array's count is negative, or its elements need more than the bytes left.
  case invalidCount(offset: Int, count: Int)
  /// A null where the version allows none.
  case unexpectedNull(offset: Int)
  /// The byte before a nullable struct is neither 1 nor -1.
  case invalidMarker(offset: Int)
  /// A tag is not above the one before it (KIP-482 has them ascending).
  case tagOutOfOrder(offset: Int, tag: UInt32)
  /// A tagged field does not take the bytes its size says.
  case taggedFieldSize(offset: Int, tag: UInt32)
  /// Bytes remain after the message.
  case leftoverBytes(count: Int)

  /// The message has no such version.
  case unsupportedVersion(message: String, version: Int16)
  /// There is no API of this key.
  case unknownAPI(key: Int16)
  /// A field is set that the version lacks and that may not be dropped.
  case fieldNotInVersion(field: String, version: Int16)
  /// A field is null that the version has only with a value.
  case nullNotInVersion(field: String, version: Int16)
  /// A text, array or frame is longer than its length field can say.
  case tooLong(length: Int)
}

extension WireError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset, let needed): "cut short at byte \(offset), where \(needed) bytes should follow"
    case .malformedVarint(let offset): "malformed variable-length integer at byte \(offset)"
    case .invalidLength(let offset, let length): "impossible length \(length) at byte \(offset)"
    case .invalidCount(let offset, let count): "impossible array count \(count) at byte \(offset)"
    case .unexpectedNull(let offset): "null at byte \(offset), where the version has none"
    case .invalidMarker(let offset): "malformed nullable struct at byte \(offset)"
    case .tagOutOfOrder(let offset, let tag): "tag \(tag) out of order at byte \(offset)"
    case .taggedFieldSize(let offset, let tag): "wrong size of the field with tag \(tag) at byte \(offset)"
    case .leftoverBytes(let count): "\(count) bytes left over after the message"
    case .unsupportedVersion(let message, let version): "\(message) has no version \(version)"
    case .unknownAPI(let key): "no API has the key \(key)"
    case .fieldNotInVersion(let field, let version): "\(field) is set, and version \(version) does not have it"
    case .nullNotInVersion(let field, let version): "\(field) is null, which version \(version) does not allow"
    case .tooLong(let length): "length \(length) is more than the protocol allows"
    }
  }
}
