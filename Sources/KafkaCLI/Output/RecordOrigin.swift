package import KafkaProtocol

/// What is known of a record beside the record: its partition, and what its batch and the fetch say.
package struct RecordOrigin: Sendable {
  package var label: PartitionLabel
  package var timestampType: TimestampType
  /// The epoch of the leader that appended the batch, or -1.
  package var leaderEpoch: Int32
  /// The offset that the partition's next record would have got when the batch was fetched.
  package var highWatermark: Int64

  package init(label: PartitionLabel, timestampType: TimestampType, leaderEpoch: Int32, highWatermark: Int64) {
    self.label = label
    self.timestampType = timestampType
    self.leaderEpoch = leaderEpoch
    self.highWatermark = highWatermark
  }
}
