extension MockCluster {
  /// Resets a broker's connections and stops to listen.
  ///
  /// - Parameter isNoticed: Whether the rest of the cluster knows: the leaders on it move to the next copy that is
  ///   up, and metadata leaves it out. Without that clients are still sent to it.
  public func takeDown(broker: Int32, isNoticed: Bool = true) async throws(MockClusterError) {
    try await server.takeDown(broker, isNoticed: isNoticed)
  }

  /// Brings a broker back, on the port that it had. It leads again only what nobody else leads.
  public func bringUp(broker: Int32) async throws(MockClusterError) { try await server.bringUp(broker) }

  /// Has a broker neither read nor answer, with its connections left open, as if its machine had stopped.
  public func pause(broker: Int32) async throws(MockClusterError) { try await server.setPaused(true, broker: broker) }

  /// Has a paused broker go on where it was.
  public func resume(broker: Int32) async throws(MockClusterError) {
    try await server.setPaused(false, broker: broker)
  }

  /// Closes the connections to a broker, or all; clients may connect again.
  public func closeConnections(broker: Int32? = nil) async {
    await server.closeConnections(broker: broker)
  }

  /// Moves a partition, or all of a topic, to another leader.
  ///
  /// - Parameter broker: The new leader; nil for the next broker that is up and has a copy, or else that is up.
  public func moveLeader(
    of topic: String, partition: Int32? = nil, to broker: Int32? = nil
  ) async throws(MockClusterError) {
    try await server.moveLeader(of: PartitionName(topic, partition), to: broker)
  }

  /// The broker that leads a partition; nil where there is none.
  public func leader(of topic: String, partition: Int32) async -> Int32? {
    guard let leader = await server.state.partition(topic, partition)?.leader, leader >= 0 else { return nil }
    return leader
  }

  /// Has the brokers speak the versions of a release, from the next request on.
  public func speak(_ release: KafkaRelease) async { await server.speak(release) }

  /// Has the brokers speak other versions of an API than their release; nil for none.
  public func speak(_ versions: ClosedRange<Int16>?, of api: MockAPI) async {
    await server.speak(versions, of: api)
  }
}

extension ClusterServer {
  func closeConnections(broker: Int32?) {
    closeConnections(isReset: false) { broker == nil || $0.broker == broker }
  }

  func speak(_ release: KafkaRelease) { state.versions = SpokenVersions(release) }

  func speak(_ versions: ClosedRange<Int16>?, of api: MockAPI) { state.versions.override(api, versions) }
}
