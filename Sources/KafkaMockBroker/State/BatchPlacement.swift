import Buffers
import KafkaProtocol

/// Writes into a batch what a broker decides: its offset, its leader's epoch and, where the topic says so, its time.
///
/// All but the time is outside of what the checksum covers, so that the rest stays as the producer made it.
enum BatchPlacement {
  private static let leaderEpochOffset = 12
  private static let checksumOffset = 17
  private static let attributesOffset = 21
  private static let maxTimestampOffset = 35
  private static let appendTimeBit: Int16 = 0x08

  /// Copies a batch of format v2.
  ///
  /// - Parameter appendTime: The time of all its records, in milliseconds since 1970-01-01 UTC, where the topic has
  ///   `message.timestamp.type=LogAppendTime` (KIP-32).
  static func place(_ batch: Bytes, baseOffset: Int64, leaderEpoch: Int32, appendTime: Int64?) -> Bytes {
    var builder = BytesBuilder(capacity: batch.count)
    builder.append(batch)
    builder.overwrite(at: 0, bigEndian: baseOffset)
    builder.overwrite(at: leaderEpochOffset, bigEndian: leaderEpoch)
    if let appendTime {
      let attributes = Int16(batch[attributesOffset]) << 8 | Int16(batch[attributesOffset + 1])
      builder.overwrite(at: attributesOffset, bigEndian: attributes | appendTimeBit)
      builder.overwrite(at: maxTimestampOffset, bigEndian: appendTime)
      let checksum = CRC32C.checksum(builder.span.extracting(attributesOffset..<builder.count))
      builder.overwrite(at: checksumOffset, bigEndian: checksum)
    }
    return builder.finish()
  }

  /// Copies one message of format v0 or v1. The offset of a compressed one is the last inside (KIP-31).
  static func place(message: Bytes, offset: Int64) -> Bytes {
    var builder = BytesBuilder(capacity: message.count)
    builder.append(message)
    builder.overwrite(at: 0, bigEndian: offset)
    return builder.finish()
  }
}
