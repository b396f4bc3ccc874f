import Transport

/// Where a broker listens.
struct BrokerEndpoint {
  let id: Int32
  let host: String
  /// 0 until the broker has listened once; then it keeps the port.
  var port: UInt16
  /// Nil while the broker is down.
  var listener: (any Listener)?
  /// Whether nothing is read and answered, as if the process were stopped.
  var isPaused = false
}
