/// How a record's key chooses its partition.
package enum Partitioning: Sendable {
  /// As Kafka's Java client does by default.
  case murmur2
  /// As librdkafka does by default.
  case crc32

  /// The partition of a record with this key.
  /// - Parameter count: The number of partitions of the topic; more than 0.
  package func partition(key: RawSpan, count: Int32) -> Int32 {
    precondition(count > 0)
    switch self {
    case .murmur2: return (Murmur2.hash(key) & Int32.max) % count
    case .crc32: return Int32(CRC32.checksum(key) % UInt32(count))
    }
  }
}
