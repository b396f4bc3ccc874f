import KafkaProtocol

/// What a ListOffsets request asks of each of its partitions.
struct OffsetQuery: Sendable {
  /// A time in milliseconds since 1970-01-01 UTC, or a negative number that stands for a place.
  var timestamp: Int64
  /// Whether only what a read_committed reader sees counts (KIP-98).
  var isStable = false
  /// The most offsets of each partition; only version 0 can have several.
  var maximumCount: Int32 = 1
  /// The versions that know the question.
  var versions: ClosedRange<Int16>
  /// Which releases do, where not all.
  var availability: String?

  init(_ position: OffsetPosition) {
    timestamp = position.wireTimestamp
    isStable = position == .stable
    versions = position.versions
    availability = position.firstRelease.map { "such a place can be asked for since Kafka \($0)" }
  }

  /// Where segments of the log begin that were written before a time, the newest first, with the end of the log as the
  /// beginning of a segment that comes now.
  init(segmentsBefore position: OffsetPosition, maximumCount: Int32) {
    timestamp = position.wireTimestamp
    self.maximumCount = maximumCount
    versions = 0...0
    availability = "segments can be asked for until Kafka 3.9 (KIP-896); ask for the offset of a time instead"
  }

  /// What to ask a broker: one that does not know of transactions has none that are open.
  func known(by versions: BrokerVersions) -> OffsetQuery {
    guard isStable, versions.highest(of: ListOffsetsRequest.self, in: self.versions) == nil else { return self }
    return OffsetQuery(.latest)
  }
}

extension ListOffsetsRequest {
  /// One question to a leader of all these partitions.
  init(_ query: OffsetQuery, of partitions: [TopicPartition]) {
    var topics: [Topic] = []
    var places: [String: Int] = [:]
    for partition in partitions {
      let place = places[partition.topic] ?? topics.count
      if place == topics.count {
        topics.append(.init(name: partition.topic))
        places[partition.topic] = place
      }
      topics[place].partitions.append(
        .init(
          partitionIndex: partition.partition, timestamp: query.timestamp, maxNumOffsets: query.maximumCount))
    }
    self.init(replicaId: -1, isolationLevel: query.isStable ? 1 : 0, topics: topics)
  }
}
