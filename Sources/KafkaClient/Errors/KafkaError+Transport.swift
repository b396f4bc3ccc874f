import Transport

extension KafkaError {
  /// Puts a transport's failure in the user's words.
  init(_ error: TransportError) {
    switch error {
    case .unresolved(let host, let reason, let isTemporary):
      self.init(
        isTemporary ? .connectionLost : .unknownHost, "cannot resolve \(host): \(reason)", hint: "check the host name")
    case .unreachable, .system:
      self.init(.connectionLost, "\(error)")
    case .timedOut:
      self.init(.timedOut, "\(error)")
    case .closedByPeer:
      self.init(.connectionLost, "\(error)")
    case .frameLength:
      self.init(.malformedResponse, "\(error)")
    case .cancelled:
      self.init(.cancelled, "cancelled")
    }
  }
}
