/// What the record of a control batch says.
package enum ControlRecordType: Sendable, Equatable {
  /// The producer's transaction is aborted, and with it its records before this.
  case abort
  /// The producer's transaction is committed.
  case commit
  /// The partition, one of Kafka's own metadata, has a new leader (KIP-595).
  case leaderChange
  /// Something that clients pass over.
  case unknown(Int16)

  /// Reads a control record's key: two 16-bit numbers, a version and the type. Later versions may append to it.
  init(key: RawSpan?) throws(RecordError) {
    guard let key, key.byteCount >= 4 else { throw .fieldPastEnd }
    let type: Int16 = key.bigEndian(at: 2)
    self =
      switch type {
      case 0: .abort
      case 1: .commit
      case 2: .leaderChange
      default: .unknown(type)
      }
  }
}

extension OpenedBatch {
  /// What a control batch says, or nil if the batch is none or compaction has emptied it.
  package var controlType: ControlRecordType? {
    get throws(RecordError) {
      guard batch.isControl else { return nil }
      var records = records
      guard let record = try records.next() else { return nil }
      return try ControlRecordType(key: record.key)
    }
  }
}
