/// What is read that was not there when reading began.
extension ConsumerCore {
  /// Reads partitions that were added to the topics, and topics that are found by their names.
  func followTopics(_ metadata: ClusterMetadata) {
    guard !isClosed else { return }
    for topic in metadata.topics where topics.contains(topic.name) {
      // Those of another topic of that name are left alone until it is known what becomes of the old one's.
      let added = added(to: topic)
      guard !added.isEmpty, topic.id == cursors.values.first(where: { $0.partition.topic == topic.name })?.topicID
      else {
        continue
      }
      for partition in added {
        clientConfiguration.report(
          .warning, in: .consumer, "\(partition): the partition was added to its topic; it is read from its beginning")
      }
      read(added)
    }
    followNewTopics(metadata)
    fetchAll()
  }

  private func followNewTopics(_ metadata: ClusterMetadata) {
    guard let findsTopics = configuration.findsTopics else { return }
    let unread = metadata.topics.filter { !$0.isInternal && $0.error == nil && !topics.contains($0.name) }
    guard !unread.isEmpty else { return }
    for name in findsTopics(unread.map(\.name)) {
      guard let partitions = metadata.topic(name).map({ added(to: $0) }), !partitions.isEmpty else { continue }
      clientConfiguration.report(
        .warning, in: .consumer, "\(name): the topic was found while others were read; it is read from its beginning")
      topics.insert(name)
      cluster.assumeIsolated { $0.follow(name, createIfMissing: false) }
      read(partitions)
    }
  }

  /// The partitions of a topic that are to be read and are not yet.
  private func added(to topic: ClusterMetadata.Topic) -> [TopicPartition] {
    topic.partitions.map { TopicPartition(topic.name, $0.index) }.filter {
      cursors[$0] == nil && configuration.readsAdded($0)
    }
  }

  private func read(_ added: [TopicPartition]) {
    for partition in added {
      let cursor = begin(PartitionRange(partition, start: 0))
      cursor.isNew = true
      place(cursor)
    }
  }
}
