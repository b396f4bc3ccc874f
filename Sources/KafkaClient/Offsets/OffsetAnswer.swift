import KafkaProtocol

/// What a leader says of one partition.
struct OffsetAnswer: Sendable {
  var partition: TopicPartition
  /// The offsets found: none where there is no such record, several only of segments.
  var offsets: [Int64] = []
  var timestamp: Int64?
  var error: KafkaError?

  /// Takes a broker's answer apart. The first answer for a partition counts; one that was not asked for does not.
  static func read(_ response: ListOffsetsResponse, for partitions: [TopicPartition]) -> [OffsetAnswer] {
    var found: [TopicPartition: OffsetAnswer] = [:]
    for topic in response.topics {
      for answer in topic.partitions {
        let partition = TopicPartition(topic.name, answer.partitionIndex)
        guard found[partition] == nil else { continue }
        found[partition] = OffsetAnswer(answer, of: partition)
      }
    }
    return partitions.map {
      found[$0]
        ?? OffsetAnswer(
          partition: $0,
          error: KafkaError(.malformedResponse, "the broker's answer leaves the partition out")
            .about($0.topic, $0.partition).during("ListOffsets"))
    }
  }
}

extension OffsetAnswer {
  private init(_ answer: ListOffsetsResponse.Topic.Partition, of partition: TopicPartition) {
    self.partition = partition
    guard answer.errorCode == .none else {
      error = KafkaError(answer.errorCode).about(partition.topic, partition.partition).during("ListOffsets")
      return
    }
    offsets = (answer.oldStyleOffsets + [answer.offset]).filter { $0 >= 0 }
    timestamp = answer.timestamp >= 0 ? answer.timestamp : nil
  }
}
