import KafkaProtocol

/// The ids of topics, for requests that name topics by them (KIP-516): one that was deleted and made anew is not taken
/// for the old one.
struct TopicIdentities: Sendable {
  private var ids: [String: UUID128] = [:]
  private var names: [UUID128: String] = [:]

  init(_ metadata: ClusterMetadata) {
    for topic in metadata.topics {
      guard let id = topic.id else { continue }
      let wireID = UUID128(high: id.high, low: id.low)
      ids[topic.name] = wireID
      names[wireID] = topic.name
    }
  }

  /// The id of a topic; zero for one that has none or is not known.
  func id(of topic: String) -> UUID128 { ids[topic] ?? .zero }

  /// Whether all these topics have ids.
  func know(_ topics: some Sequence<String>) -> Bool { topics.allSatisfy { ids[$0] != nil } }

  /// The name in an answer that has the one or the other.
  func name(_ name: String, _ id: UUID128) -> String { id.isZero ? name : names[id] ?? name }
}

extension Sequence where Element == TopicPartition {
  /// The topics in the order of their first partitions, each with its own.
  var byTopic: [(topic: String, partitions: [Int32])] {
    var topics: [(topic: String, partitions: [Int32])] = []
    var places: [String: Int] = [:]
    for partition in self {
      if let place = places[partition.topic] {
        topics[place].partitions.append(partition.partition)
      } else {
        places[partition.topic] = topics.count
        topics.append((topic: partition.topic, partitions: [partition.partition]))
      }
    }
    return topics
  }
}
