import KafkaProtocol

extension ErrorCode {
  /// What a user may try when a broker answers with this code.
  var hint: String? {
    switch self {
    case .unknownTopicOrPartition, .unknownTopicId: "check the name, or create the topic (kavka produce --create-topic)"
    case .leaderNotAvailable: "the partition has no leader now; check that its brokers are up"
    case .messageTooLarge, .recordListTooLarge: "raise the topic's max.message.bytes or send smaller records"
    case .notEnoughReplicas, .notEnoughReplicasAfterAppend:
      "fewer in-sync replicas than min.insync.replicas; check the brokers, or use --acks 1"
    case .topicAuthorizationFailed, .groupAuthorizationFailed, .clusterAuthorizationFailed:
      "the principal needs an ACL that allows it"
    case .unsupportedCompressionType: "this broker does not know the codec; try -z gzip or -z none"
    case .invalidReplicationFactor: "the cluster has fewer brokers than replicas were asked for"
    default: nil
    }
  }
}
