import KafkaProtocol

extension ErrorCode {
  /// What each program has a way of its own to do when a broker answers with this code.
  var remedy: KafkaError.Remedy? {
    switch self {
    case .unknownTopicOrPartition, .unknownTopicId: .createTopic
    case .notEnoughReplicas, .notEnoughReplicasAfterAppend: .acknowledgeByLeader
    case .unsupportedCompressionType: .useGzip
    default: nil
    }
  }

  /// What else a user may try when a broker answers with this code.
  var hint: String? {
    switch self {
    case .leaderNotAvailable: "the partition has no leader now; check that its brokers are up"
    case .messageTooLarge, .recordListTooLarge: "raise the topic's max.message.bytes or send smaller records"
    case .topicAuthorizationFailed, .groupAuthorizationFailed, .clusterAuthorizationFailed:
      "the principal needs an ACL that allows it"
    case .invalidReplicationFactor: "the cluster has fewer brokers than replicas were asked for"
    default: nil
    }
  }
}
