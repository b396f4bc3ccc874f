extension Runtime {
  /// The operating system's time, randomness, sockets and threads, with an event loop that runs until ``stop()``.
  ///
  /// - Throws: When the system has no thread or no descriptor left.
  package static func system() throws(TransportError) -> Runtime {
    let loop = try SystemEventLoop()
    let workers = ThreadWorkers()
    return Runtime(
      loop: loop, network: SocketNetwork(loop: loop), workers: workers, entropy: SystemEntropy(),
      wallClock: SystemWallClock(),
      stop: {
        loop.stop()
        workers.stop()
      })
  }
}
