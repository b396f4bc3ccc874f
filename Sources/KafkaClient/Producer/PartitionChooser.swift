import KafkaProtocol
package import Transport

/// Chooses partitions for records that name none.
package struct PartitionChooser {
  private let partitioner: ProducerConfiguration.Partitioner
  private let entropy: any Entropy
  /// Where records without a key go until the batch there ends (KIP-480).
  private var sticky: Int?
  private var next = 0

  package init(_ partitioner: ProducerConfiguration.Partitioner, entropy: any Entropy) {
    self.partitioner = partitioner
    self.entropy = entropy
  }

  /// The partition, from 0 to below `count`.
  mutating func partition(forKey key: RawSpan?, count: Int) -> Int {
    switch partitioner {
    case .murmur2:
      guard let key else { return stickyPartition(count) }
      return Int(Partitioning.murmur2.partition(key: key, count: Int32(count)))
    case .crc32:
      guard let key, key.byteCount > 0 else { return random(count) }
      return Int(Partitioning.crc32.partition(key: key, count: Int32(count)))
    case .random: return random(count)
    case .roundRobin:
      let chosen = next % count
      next = chosen + 1
      return chosen
    }
  }

  /// Moves records without a key on: a batch of that partition has ended.
  mutating func batchEnded(_ partition: Int) {
    if sticky == partition { sticky = nil }
  }

  private mutating func stickyPartition(_ count: Int) -> Int {
    if let sticky { return sticky }
    let chosen = random(count)
    sticky = chosen
    return chosen
  }

  private func random(_ count: Int) -> Int { Int(entropy.next() % UInt64(count)) }
}
