import KafkaProtocol

extension FetchRequest {
  /// The versions that name topics.
  static let versionsByName: ClosedRange<Int16> = 0...12
  /// Those and the versions that name topics by their ids (KIP-516).
  static let versionsByID: ClosedRange<Int16> = 0...17

  /// Asks for the next records of the partitions in a fetch session, of which the cursors are those that it is told of.
  ///
  /// - Parameter rack: Where the client is, so that leaders can name a replica there (KIP-392).
  static func reading(_ step: FetchSession.Step, _ configuration: ConsumerConfiguration, rack: String?) -> FetchRequest
  {
    var topics: [Topic] = []
    var places: [String: Int] = [:]
    for cursor in step.cursors {
      let place = places[cursor.partition.topic] ?? topics.count
      if place == topics.count {
        topics.append(
          Topic(topic: cursor.partition.topic, topicId: cursor.topicID?.uuid ?? .zero))
        places[cursor.partition.topic] = place
      }
      topics[place].partitions.append(
        .init(
          partition: cursor.partition.partition, fetchOffset: cursor.nextOffset,
          partitionMaxBytes: cursor.maximumBytes))
    }
    var forgotten: [ForgottenTopic] = []
    for (partition, topicID) in step.forgotten {
      let id = topicID?.uuid ?? .zero
      if forgotten.last?.topic != partition.topic || forgotten.last?.topicId != id {
        forgotten.append(ForgottenTopic(topic: partition.topic, topicId: id))
      }
      forgotten[forgotten.count - 1].partitions.append(partition.partition)
    }
    return FetchRequest(
      maxWaitMs: Int32(clamping: configuration.maximumWait.milliseconds), minBytes: configuration.minimumBytes,
      maxBytes: configuration.maximumBytes, isolationLevel: configuration.isolation.rawValue,
      sessionId: step.id, sessionEpoch: step.epoch, topics: topics, forgottenTopicsData: forgotten,
      rackId: rack ?? "")
  }
}
