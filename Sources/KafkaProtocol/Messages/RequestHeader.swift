package import Buffers

/// The header of a request that a broker has received, and the bytes of its body.
package struct RequestHeader: Equatable, Sendable {
  package let apiKey: Int16
  package let version: Int16
  /// The number that the response repeats.
  package let correlationID: Int32
  /// The name the client gives itself.
  package let clientID: String?
  /// What follows the header: a slice of the frame.
  package let body: Bytes
}
