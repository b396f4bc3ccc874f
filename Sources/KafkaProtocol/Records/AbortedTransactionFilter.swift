/// Decides which batches of a fetch response a consumer sees that reads committed records only (KIP-98).
///
/// The response lists the aborted transactions among its records: each begins at its first offset and ends with the
/// producer's next abort marker.
package struct AbortedTransactionFilter: Sendable {
  /// A transaction that was aborted.
  package struct Transaction: Sendable {
    package let producerID: Int64
    package let firstOffset: Int64

    package init(producerID: Int64, firstOffset: Int64) {
      self.producerID = producerID
      self.firstOffset = firstOffset
    }
  }

  /// Those not begun yet, the next one last.
  private var ahead: [Transaction]
  /// The producers in an aborted transaction.
  private var aborted: Set<Int64> = []

  /// - Parameter transactions: Those of one partition's response, in any order.
  package init(_ transactions: [Transaction]) {
    ahead = transactions.sorted { $0.firstOffset > $1.firstOffset }
  }

  /// Returns whether the records of `batch` are to be delivered. The batches must be given in order.
  /// - Throws: What is wrong with a control batch; others are not opened.
  package mutating func delivers(_ batch: RecordBatch) throws(RecordError) -> Bool {
    while let next = ahead.last, next.firstOffset <= batch.lastOffset {
      aborted.insert(next.producerID)
      ahead.removeLast()
    }
    guard !batch.isControl else {
      if batch.isTransactional, try Self.controlType(of: batch) == .abort { aborted.remove(batch.producerID) }
      return false
    }
    return !(batch.isTransactional && aborted.contains(batch.producerID))
  }

  private static func controlType(of batch: RecordBatch) throws(RecordError) -> ControlRecordType? {
    guard batch.codec == .none else { throw .codecNotAllowed(batch.codec, batch.format) }
    try batch.verifyChecksum()
    return try OpenedBatch(batch, payload: batch.payload).controlType
  }
}
