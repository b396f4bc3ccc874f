import KafkaProtocol

extension ClusterState {
  /// The broker that is responsible for a group or a transactional id: one of those that are up, which its name alone
  /// decides.
  func coordinator(of key: String) -> BrokerState? {
    let up = listedBrokers
    guard !up.isEmpty else { return nil }
    let hash = Murmur2.hash(Array(key.utf8).span.bytes)
    return up[Int(hash & 0x7FFF_FFFF) % up.count]
  }

  /// Why a broker does not answer for a group; nil where it is the coordinator.
  func refusal(ofGroup group: String, at broker: Int32) -> ErrorCode? {
    guard !group.isEmpty else { return .invalidGroupId }
    return coordinator(of: group)?.id == broker ? nil : .notCoordinator
  }

  /// The name of a topic in a request that has it or, where the version says so, an id.
  func topicName(_ name: String, _ id: UUID128, usesID: Bool) -> String? { usesID ? topicNames[id] : name }
}
