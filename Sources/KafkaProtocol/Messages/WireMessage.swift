/// A message of the protocol: a request, a response, or a data format that travels inside a field.
package protocol WireMessage: Sendable, Equatable {
  /// The versions that the schema describes. Of some APIs the highest is not final; see ``API``.
  static var versions: ClosedRange<Int16> { get }

  /// Whether the version has compact lengths and tagged fields (KIP-482).
  static func isFlexible(_ version: Int16) -> Bool

  /// Reads the message and leaves the reader behind its last byte.
  init(from reader: inout WireReader, version: Int16) throws(WireError)

  /// Writes the message, without a header.
  ///
  /// - Throws: ``WireError/fieldNotInVersion(field:version:)`` where a field is set that the version lacks and that
  ///   the schema does not allow to be dropped.
  func encode(into writer: inout WireWriter, version: Int16) throws(WireError)
}

extension WireMessage {
  static func checkVersion(_ version: Int16) throws(WireError) {
    guard versions.contains(version) else {
      throw .unsupportedVersion(message: String(describing: Self.self), version: version)
    }
  }
}

/// A message that answers a request.
package protocol WireResponse: WireMessage {
  static var apiKey: Int16 { get }
}

/// A message that asks for a ``Response`` of the same version.
package protocol WireRequest: WireMessage {
  associatedtype Response: WireResponse

  static var apiKey: Int16 { get }
}
