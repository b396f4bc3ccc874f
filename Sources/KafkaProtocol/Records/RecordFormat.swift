/// How records are laid out, by the magic byte that says so.
@frozen
@usableFromInline
package enum RecordFormat: Int8, Sendable, Comparable {
  /// A message set without timestamps (before Kafka 0.10).
  case v0 = 0
  /// A message set with timestamps (Kafka 0.10, KIP-32).
  case v1 = 1
  /// Record batches with headers, producer ids and one checksum a batch (Kafka 0.11, KIP-98).
  case v2 = 2

  @usableFromInline
  package static func < (left: RecordFormat, right: RecordFormat) -> Bool { left.rawValue < right.rawValue }
}

/// Whose clock the timestamps of a batch are from.
package enum TimestampType: Sendable {
  /// The format has no timestamps.
  case none
  /// The producer's.
  case create
  /// The broker's: every record has the time at which its batch was appended to the log.
  case append
}
