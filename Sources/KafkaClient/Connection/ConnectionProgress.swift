/// How much has passed over a connection, to tell one that is slow from one that has stalled.
struct ConnectionProgress {
  var received: UInt64 = 0
  var sent: UInt64 = 0
  /// Whether there was more to send than the socket took.
  var isSending = false

  /// Whether more has come, or gone of what waited to be sent.
  ///
  /// Requests that were handed over since then are no progress: a broker that has stopped lets the first ones go too.
  func isBeyond(_ earlier: ConnectionProgress) -> Bool {
    received > earlier.received || (earlier.isSending && sent > earlier.sent)
  }
}
