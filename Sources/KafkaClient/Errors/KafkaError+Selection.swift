extension KafkaError {
  /// Creates the error for a topic that does not exist.
  package static func unknownTopic(_ topic: String) -> KafkaError {
    KafkaError(.unknownTopicOrPartition, "there is no such topic").about(topic)
  }

  /// Creates the error for a partition that a topic of `count` partitions does not have.
  package static func unknownPartition(_ partition: Int32, of topic: String, count: Int) -> KafkaError {
    let range =
      switch count {
      case 0: "no partitions"
      case 1: "partition 0 only"
      default: "partitions 0 to \(count - 1)"
      }
    return KafkaError(.unknownTopicOrPartition, "there is no such partition: the topic has \(range)")
      .about(topic, partition)
  }
}
