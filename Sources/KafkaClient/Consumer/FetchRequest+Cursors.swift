import KafkaProtocol

extension FetchRequest {
  /// The versions that name topics.
  static let versionsByName: ClosedRange<Int16> = 0...12
  /// Those and the versions that name topics by their ids (KIP-516).
  static let versionsByID: ClosedRange<Int16> = 0...17

  /// Asks for the next records of the partitions in a fetch session, of which the cursors are those that it is told of.
  ///
  /// - Parameters:
  ///   - answerBytes: How many bytes to ask for.
  ///   - partitionCount: How many partitions are read from the broker. Each is to have a part of the bytes, of whole
  ///     MiB: producers make batches of about 1 MiB at the most, and a broker cuts off what is beyond the limit.
  ///   - rack: Where the client is, so that leaders can name a replica there (KIP-392).
  static func reading(
    _ step: FetchSession.Step, _ configuration: ConsumerConfiguration, answerBytes: Int32, partitionCount: Int,
    rack: String?
  ) -> FetchRequest {
    let share = max((answerBytes / Int32(clamping: max(partitionCount, 1))) >> 20, 1) << 20
    var maximumBytes = answerBytes
    var topics: [Topic] = []
    var places: [String: Int] = [:]
    for cursor in step.cursors {
      let place = places[cursor.partition.topic] ?? topics.count
      if place == topics.count {
        topics.append(
          Topic(topic: cursor.partition.topic, topicId: cursor.topicID?.uuid ?? .zero))
        places[cursor.partition.topic] = place
      }
      // One whose next batch has come cut off needs what it asks for.
      let isEnlarged = cursor.maximumBytes > configuration.maximumPartitionBytes
      if isEnlarged { maximumBytes = max(maximumBytes, cursor.maximumBytes) }
      topics[place].partitions.append(
        .init(
          partition: cursor.partition.partition, fetchOffset: cursor.nextOffset,
          partitionMaxBytes: isEnlarged ? cursor.maximumBytes : min(cursor.maximumBytes, share)))
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
      maxBytes: maximumBytes, isolationLevel: configuration.isolation.rawValue,
      sessionId: step.id, sessionEpoch: step.epoch, topics: topics, forgottenTopicsData: forgotten,
      rackId: rack ?? "")
  }
}
