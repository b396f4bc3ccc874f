import KafkaProtocol

extension FetchRequest {
  /// The versions that name topics.
  static let versionsByName: ClosedRange<Int16> = 0...12
  /// Those and the versions that name topics by their ids (KIP-516).
  static let versionsByID: ClosedRange<Int16> = 0...17

  /// Asks for the next records of the cursors, outside of any fetch session (KIP-227).
  ///
  /// - Parameter rack: Where the client is, so that leaders can name a replica there (KIP-392).
  static func reading(_ cursors: [Cursor], _ configuration: ConsumerConfiguration, rack: String?) -> FetchRequest {
    var topics: [Topic] = []
    var places: [String: Int] = [:]
    for cursor in cursors {
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
    return FetchRequest(
      maxWaitMs: Int32(clamping: configuration.maximumWait.milliseconds), minBytes: configuration.minimumBytes,
      maxBytes: configuration.maximumBytes, isolationLevel: configuration.isolation.rawValue, topics: topics,
      rackId: rack ?? "")
  }
}
