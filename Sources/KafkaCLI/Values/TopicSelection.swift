/// A topic, and which of its partitions: `orders`, `orders:3`, `orders:0-5`.
package struct TopicSelection: Hashable, Sendable {
  package var topic: String
  /// The partitions named; nothing means all.
  package var partitions: PartitionSet?

  package init(topic: String, partitions: PartitionSet? = nil) {
    self.topic = topic
    self.partitions = partitions
  }

  package init(argument text: String) throws(UsageError) {
    guard let colon = text.firstIndex(of: ":") else {
      self.init(topic: try TopicName.parse(text))
      return
    }
    let topic = try TopicName.parse(String(text[..<colon]))
    do {
      self.init(
        topic: topic, partitions: PartitionSet([try PartitionSet.range(String(text[text.index(after: colon)...]))]))
    } catch {
      throw UsageError("'\(text)' is not TOPIC[:PARTITION[-PARTITION]]")
    }
  }
}
