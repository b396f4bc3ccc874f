import KafkaClient

extension KafkaError {
  /// A topic, or a partition of a topic with `count` of them, that does not exist.
  static func unknown(topic: String, partition: Int32? = nil, of count: Int = 0) -> KafkaError {
    var reason = "there is no such topic"
    if partition != nil {
      reason =
        "there is no such partition: the topic has \(count == 1 ? "partition 0 only" : "partitions 0 to \(count - 1)")"
    }
    var error = KafkaError(.unknownTopicOrPartition, reason)
    error.topic = topic
    error.partition = partition
    return error
  }
}
