/// An error number that a broker answers with. It may be one that this program does not know.
package struct ErrorCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int16

  package init(rawValue: Int16) { self.rawValue = rawValue }
}

extension ErrorCode: CustomStringConvertible {
  /// The name in the protocol's spelling, such as `NOT_LEADER_OR_FOLLOWER`, or `error 12345` where it has none.
  package var name: String { knownName ?? "error \(rawValue)" }

  /// Whether this version of the protocol has the code.
  package var isKnown: Bool { knownName != nil }

  package var description: String { name }
}
