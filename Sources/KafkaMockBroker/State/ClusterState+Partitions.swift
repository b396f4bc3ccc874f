import KafkaProtocol

extension ClusterState {
  func partition(_ name: String, _ partition: Int32) -> PartitionState? {
    guard let topic = topics[name], let index = topic.index(of: partition) else { return nil }
    return topic.partitions[index]
  }

  /// Why a broker would not serve a partition to a client; nil where it leads it.
  ///
  /// - Parameters:
  ///   - leaderEpoch: The epoch the client knows, or -1 (KIP-320).
  ///   - servesReplicas: Whether any broker that has a copy will do.
  func refusal(
    _ name: String, _ partition: Int32, at broker: Int32, leaderEpoch: Int32 = -1, servesReplicas: Bool = false
  ) -> ErrorCode? {
    guard let partition = self.partition(name, partition) else { return .unknownTopicOrPartition }
    if leaderEpoch >= 0, leaderEpoch < partition.leaderEpoch { return .fencedLeaderEpoch }
    if leaderEpoch > partition.leaderEpoch { return .unknownLeaderEpoch }
    if servesReplicas, partition.replicas.contains(broker) { return nil }
    return partition.leader == broker ? nil : .notLeaderOrFollower
  }

  /// Moves a partition, or all of a topic, to a leader.
  ///
  /// - Parameter broker: The new leader; nil for the next replica that is up, or the next broker where there is no
  ///   other replica.
  mutating func moveLeader(of name: PartitionName, to broker: Int32?) {
    guard let topic = topics[name.topic] else { return }
    let up = listedBrokers.map(\.id)
    let all = name.partition.map { [$0] } ?? topic.partitions.indices.map { Int32($0) }
    for partition in all {
      _ = withPartition(name.topic, partition) { state in
        let others = (state.replicas + up).filter { $0 != state.leader && up.contains($0) }
        guard let next = broker ?? others.first else { return }
        // A leader has a copy, so that one which had none takes the place of the last replica.
        if !state.replicas.contains(next), !state.replicas.isEmpty { state.replicas[state.replicas.count - 1] = next }
        state.setLeader(next)
      }
    }
  }
}
