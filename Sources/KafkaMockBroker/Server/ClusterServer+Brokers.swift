import Transport

extension ClusterServer {
  /// Resets a broker's connections and stops to listen.
  ///
  /// - Parameter isNoticed: Whether the rest of the cluster knows: leaders move and metadata leaves the broker out.
  func takeDown(_ broker: Int32, isNoticed: Bool) throws(MockClusterError) {
    let index = try index(of: broker)
    endpoints[index].listener?.close()
    endpoints[index].listener = nil
    endpoints[index].isPaused = false
    closeConnections(isReset: true) { $0.broker == broker }
    guard isNoticed else { return }
    state.setListed(false, broker: broker)
    wakeWaiting()
  }

  /// Listens again, on the port that the broker had.
  func bringUp(_ broker: Int32) throws(MockClusterError) {
    try listen(broker)
    state.setListed(true, broker: broker)
    wakeWaiting()
  }

  /// Stops or goes on to read and answer, with connections left open.
  func setPaused(_ isPaused: Bool, broker: Int32) throws(MockClusterError) {
    endpoints[try index(of: broker)].isPaused = isPaused
    guard !isPaused else { return }
    for (_, connection) in connections.sorted(by: { $0.key < $1.key }) where connection.broker == broker {
      if case .held(let exchange, let segments) = connection.phase {
        send(segments, exchange, on: connection)
      }
      serve(connection)
    }
    wakeWaiting()
  }

  func isPaused(_ broker: Int32) -> Bool { endpoints.first { $0.id == broker }?.isPaused ?? false }

  /// Moves a partition, or all of a topic, to a leader, or to the next that is up.
  func moveLeader(of name: PartitionName, to broker: Int32?) throws(MockClusterError) {
    if let broker { _ = try index(of: broker) }
    guard let topic = state.topics[name.topic], name.partition.map({ topic.index(of: $0) != nil }) ?? true else {
      throw MockClusterError("there is no such partition: \(name.topic) \(name.partition ?? -1)")
    }
    state.moveLeader(of: name, to: broker)
    wakeWaiting()
  }

  private func index(of broker: Int32) throws(MockClusterError) -> Int {
    guard let index = endpoints.firstIndex(where: { $0.id == broker }) else {
      throw MockClusterError("there is no broker \(broker)")
    }
    return index
  }

  /// Changes the state in any way, and lets what waits look at it again.
  func withState<Result: Sendable>(_ body: @Sendable (inout ClusterState) throws -> Result) rethrows -> Result {
    defer { wakeWaiting() }
    return try body(&state)
  }
}
