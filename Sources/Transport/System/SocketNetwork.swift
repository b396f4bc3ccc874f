import Glibc

/// TCP on the operating system's sockets.
struct SocketNetwork: Network {
  let loop: SystemEventLoop
  var resolver: any NameResolver = SystemNameResolver()
  /// How long one address is tried before the next is tried beside it (RFC 8305, section 5).
  var fallbackDelay = Duration.milliseconds(250)

  func connect(
    to host: String, port: UInt16, family: AddressFamily, deadline: Instant
  ) async throws(TransportError) -> any Channel {
    loop.checkIsolated()
    let attempt = ConnectAttempt(loop: loop, deadline: deadline, fallbackDelay: fallbackDelay)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        attempt.start(host: host, port: port, family: family, resolver: resolver) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      loop.execute { attempt.finish(.failure(.cancelled)) }
    }
    return try result.get()
  }

  func listen(
    on host: String, port: UInt16, accept: @escaping @Sendable (any Channel) -> Void
  ) throws(TransportError) -> any Listener {
    loop.checkIsolated()
    guard !loop.isStopping else { throw TransportError.cancelled }
    // The one name that needs no lookup, which would block the loop.
    let literal = host == "localhost" ? "127.0.0.1" : host
    guard let address = SystemNameResolver.literal(literal, port: port, family: .any) else {
      throw TransportError.unresolved(host: host, reason: "not an address of this machine")
    }
    return try SocketListener(on: address, loop: loop, accept: accept)
  }
}
