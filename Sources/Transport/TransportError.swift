/// What went wrong with a name, an address, a socket or a frame.
package enum TransportError: Error, Equatable, Sendable {
  /// The name has no address; `reason` is the resolver's text. Temporary if nobody could be asked just now.
  case unresolved(host: String, reason: String, isTemporary: Bool = false)
  /// No address accepted: each with its reason, in the order tried.
  case unreachable([FailedAddress])
  /// The time allowed ran out; the addresses tried by then, with `ETIMEDOUT` for those that had not answered.
  case timedOut([FailedAddress])
  /// The other side ended the connection, between two frames or `withinFrame`.
  case closedByPeer(withinFrame: Bool)
  /// A system call failed on an established connection or a listener.
  case system(call: String, errno: Int32)
  /// A frame announced a length below 0 or above the limit. `head` are the four bytes as they came, which often tell
  /// what else is listening there: the beginning of an HTTP answer, of a TLS record or of an SSH banner.
  case frameLength(Int32, limit: Int, head: [UInt8])
  /// The task that waited was cancelled, or the runtime was shut down.
  case cancelled

  /// An address that did not accept, and why.
  package struct FailedAddress: Equatable, Sendable {
    package var address: String
    package var errno: Int32

    package init(address: String, errno: Int32) {
      self.address = address
      self.errno = errno
    }
  }
}
