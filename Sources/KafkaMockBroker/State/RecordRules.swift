import KafkaCompression
import KafkaProtocol

/// What a topic's settings demand of each record. A batch with one record that breaks them is refused as a whole, and
/// newer brokers name the records (KIP-467).
struct RecordRules: Sendable {
  /// Whether a record without a key is refused, as in a compacted topic.
  var needsKeys = false
  /// How many milliseconds before the broker's time a record's may be.
  var maximumAge: Int64?

  private var areAny: Bool { needsKeys || maximumAge != nil }

  /// Refuses batches with records that break the rules.
  ///
  /// - Parameter version: The version of the produce request.
  func check(_ batches: [IncomingBatch], version: Int16, now: Int64) throws(ProduceRefusal) {
    guard areAny else { return }
    var errors: [ProduceResponse.Topic.Partition.RecordError] = []
    var place: Int32 = 0
    var isTimestamp = false
    do throws(RecordError) {
      for batch in batches {
        var reader = RecordSetReader(batch.bytes)
        while let stored = try reader.next() {
          let opened = try BatchOpener.open(stored, limit: MessageConversion.decompressionLimit)
          var records = opened.records
          while let record = try records.next() {
            if let maximumAge, record.timestamp < now - maximumAge {
              isTimestamp = true
              errors.append(.init(batchIndex: place, batchIndexErrorMessage: "the timestamp is too old"))
            } else if needsKeys, record.key == nil {
              errors.append(.init(batchIndex: place, batchIndexErrorMessage: "a compacted topic needs keys"))
            }
            place += 1
          }
        }
      }
    } catch {
      throw ProduceRefusal(.corruptMessage, "\(error)")
    }
    guard !errors.isEmpty else { return }
    // Brokers before 2.4 say of a record without a key that it is corrupt.
    let code: ErrorCode = isTimestamp ? .invalidTimestamp : version >= 8 ? .invalidRecord : .corruptMessage
    throw ProduceRefusal(code, "\(errors.count) records are refused", records: errors)
  }
}
