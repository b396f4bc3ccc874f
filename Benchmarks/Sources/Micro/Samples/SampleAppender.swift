import KafkaClient
import KafkaProtocol
import Transport

/// Makes what records are appended to.
enum SampleAppender {
  static func make(partitions: Int) -> TopicAppender {
    TopicAppender(
      topic: TopicIndex(number: 0), name: "orders", partitions: partitions, format: .v2, batchBytes: 1 << 20,
      chooser: PartitionChooser(.murmur2, entropy: FixedEntropy()), keepsTimestamps: false)
  }
}

/// The same number each time, so that every run is the same.
private struct FixedEntropy: Entropy {
  func next() -> UInt64 { 5 }
}
