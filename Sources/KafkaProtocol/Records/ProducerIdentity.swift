/// Who wrote a batch and where it stands in the sequence of its partition, so that a broker can drop
/// duplicates and refuse gaps (KIP-98).
package struct ProducerIdentity: Sendable, Equatable {
  package var id: Int64
  package var epoch: Int16
  /// The sequence number of the batch's first record.
  package var baseSequence: Int32
  package var isTransactional: Bool

  package init(id: Int64, epoch: Int16, baseSequence: Int32, isTransactional: Bool = false) {
    self.id = id
    self.epoch = epoch
    self.baseSequence = baseSequence
    self.isTransactional = isTransactional
  }

  /// The sequence number `count` records after `sequence`: after 2147483647 comes 0.
  package static func sequence(_ sequence: Int32, advancedBy count: Int) -> Int32 {
    Int32((Int64(sequence) + Int64(count)) & Int64(Int32.max))
  }
}
