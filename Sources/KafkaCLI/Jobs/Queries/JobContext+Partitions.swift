import KafkaClient
import Transport

extension JobContext {
  /// The partitions of a cluster that a user has selected, each once, in the order in which they are named.
  ///
  /// A topic or partition that does not exist is said so, and the others go on.
  /// - Parameter status: Becomes what that means for the command.
  func partitions(
    of selections: [TopicSelection], by deadline: Instant, _ status: inout ExitStatus
  ) async throws(KafkaError) -> [TopicPartition] {
    let metadata = try await client.metadata(topics: selections.map(\.topic), timeout: left(until: deadline))
    var partitions: [TopicPartition] = []
    var seen: Set<TopicPartition> = []
    for selection in selections {
      guard let topic = metadata.topic(selection.topic), topic.error == nil else {
        let error = metadata.topic(selection.topic)?.error ?? .unknownTopic(selection.topic)
        status = status.combined(with: fail(error))
        continue
      }
      let known = topic.partitions.map(\.index)
      if let missing = selection.partitions?.firstMissing(ofTopicWith: Int32(clamping: known.count)) {
        status = status.combined(with: fail(.unknownPartition(missing, of: selection.topic, count: known.count)))
      }
      for index in known where selection.partitions?.contains(index) ?? true {
        let partition = TopicPartition(selection.topic, index)
        if seen.insert(partition).inserted { partitions.append(partition) }
      }
    }
    return partitions
  }
}
