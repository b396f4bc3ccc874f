/// What answers the clients.
enum ClusterKind: String, CaseIterable {
  /// `kavka mock`, which keeps everything in memory.
  case mock
  /// Apache Kafka.
  case kafka
  /// kfaked, which drops what is produced, and makes up what is fetched: a broker that costs next to nothing.
  case free
}
