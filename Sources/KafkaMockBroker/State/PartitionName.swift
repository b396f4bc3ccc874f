/// A partition, or a topic as a whole.
struct PartitionName: Hashable, Sendable {
  var topic: String
  /// Nil for the topic as a whole.
  var partition: Int32?

  init(_ topic: String, _ partition: Int32? = nil) {
    self.topic = topic
    self.partition = partition
  }
}
