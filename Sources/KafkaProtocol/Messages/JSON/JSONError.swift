/// Text that is not JSON (RFC 8259).
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// The byte at which it stops being JSON.
  package let offset: Int
  package let message: String

  package var description: String { "\(message) at byte \(offset)" }
}
