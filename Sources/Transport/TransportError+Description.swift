import Glibc

extension TransportError: CustomStringConvertible {
  /// What failed, where, and why, as one line for people.
  package var description: String {
    switch self {
    case .unresolved(let host, let reason, _):
      "cannot find the address of \(host): \(reason)"
    case .unreachable(let addresses):
      addresses.isEmpty ? "cannot connect: no address" : "cannot connect: \(Self.list(addresses))"
    case .timedOut(let addresses):
      addresses.isEmpty ? "connecting took too long" : "connecting took too long: \(Self.list(addresses))"
    case .closedByPeer(let withinFrame):
      withinFrame ? "the other side closed the connection within a message" : "the other side closed the connection"
    case .system(let call, let errno):
      "\(Self.text(errno)) (\(call))"
    case .frameLength(let length, let limit, let head):
      if let protocolName = Self.foreignProtocol(head) {
        "the other side speaks \(protocolName)"
      } else {
        "a message announced \(length) bytes, allowed are 0 to \(limit)"
      }
    case .cancelled:
      "cancelled"
    }
  }

  private static func list(_ addresses: [FailedAddress]) -> String {
    addresses.map { "\($0.address): \(text($0.errno))" }.joined(separator: "; ")
  }

  /// The system's text for an error number, as part of a sentence: "connection refused".
  private static func text(_ errno: Int32) -> String {
    strerror(errno).map { String(cString: $0).lowercasedFirst } ?? "error \(errno)"
  }

  /// What sends such bytes first where a frame's length is expected.
  private static func foreignProtocol(_ head: [UInt8]) -> String? {
    guard head.count == 4 else { return nil }
    if head == Array("HTTP".utf8) { return "HTTP" }
    if head == Array("SSH-".utf8) { return "SSH" }
    // A TLS record begins with its type (21 is an alert, 22 a handshake) and the version 3.x (RFC 8446, section 5.1).
    if head[0] == 21, head[1] == 3 { return "TLS (it answered with an alert)" }
    if head[0] == 22, head[1] == 3 { return "TLS" }
    return nil
  }
}

extension String {
  /// The text with a small first letter, unless the first word is an abbreviation.
  var lowercasedFirst: String {
    guard let first, dropFirst().first?.isLowercase == true else { return self }
    return first.lowercased() + dropFirst()
  }
}
