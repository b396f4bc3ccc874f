/// Records of one batch that a broker has acknowledged, in the order in which they were appended.
package struct ProduceDelivery: Sendable {
  package let topic: String
  package let partition: Int32
  /// The offset of the first record, with the others' behind it; -1 when the broker has said only that it had stored
  /// them before.
  package let baseOffset: Int64
  package let recordCount: Int
  /// When the broker stored the records, where the topic's records have its time instead of the producer's.
  package let appendTime: Int64?
  /// The records' own times, in milliseconds since 1970-01-01 UTC.
  package let timestamps: NumberSequence
}
