/// All that the client and the mock cluster take from the outside world: time, randomness, sockets and workers.
///
/// There are two: the operating system's (``Runtime/system()``), and a simulated one in which the same code runs on one
/// thread, in virtual time, from a seed. Nothing else may be asked for the time, a random number, a thread or a socket.
package struct Runtime: Sendable {
  package var loop: any EventLoop
  package var network: any Network
  package var workers: any Workers
  package var entropy: any Entropy
  package var wallClock: any WallClock

  private let end: @Sendable () -> Void

  /// - Parameter stop: What ``stop()`` does.
  package init(
    loop: any EventLoop, network: any Network, workers: any Workers, entropy: any Entropy, wallClock: any WallClock,
    stop: @escaping @Sendable () -> Void = {}
  ) {
    self.loop = loop
    self.network = network
    self.workers = workers
    self.entropy = entropy
    self.wallClock = wallClock
    self.end = stop
  }

  /// Ends the loop and the workers, closes what they have open and waits for their threads.
  ///
  /// Channels hear ``TransportError/cancelled``. Tasks that still wait on the loop never resume, so their owner cancels
  /// and awaits them first. Not to be called on the loop. A second call does nothing.
  package func stop() { end() }
}

/// Where random numbers come from. May be asked on any thread.
package protocol Entropy: Sendable {
  func next() -> UInt64
}

/// The time of day. May be asked on any thread.
package protocol WallClock: Sendable {
  /// Milliseconds since 1970-01-01 UTC.
  var milliseconds: Int64 { get }
}

/// Threads for work that would hold up the loop: compression, mainly.
package protocol Workers: Sendable {
  /// Runs `body` on a worker. Work that is submitted first starts first; its end is in no order.
  func submit(_ body: @escaping @Sendable () -> Void)
}
