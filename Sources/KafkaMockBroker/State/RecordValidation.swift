import Buffers
import KafkaCompression
import KafkaProtocol

/// Checks the records of a produce request as a broker does, and more thoroughly: every record is read.
struct RecordValidation {
  /// The version of the produce request.
  let version: Int16
  /// The most bytes a batch may have: `message.max.bytes`.
  let maximumBatchSize: Int

  func batches(of records: Bytes?) throws(ProduceRefusal) -> [IncomingBatch] {
    guard let records, !records.isEmpty else { throw ProduceRefusal(.invalidRecord, "no records") }
    let sent = try Self.reading { () throws(RecordError) in try Self.split(records) }
    // From version 3 on there is exactly one batch for a partition (KIP-98).
    if version >= 3, sent.count != 1 { throw ProduceRefusal(.invalidRecord, "\(sent.count) batches, not one") }
    var found: [IncomingBatch] = []
    for batch in sent {
      try checkVersion(of: batch)
      let parts = try Self.reading { () throws(RecordError) in
        batch.format == .v2 ? [try Self.modern(batch)] : try Self.old(batch)
      }
      found += parts
    }
    if let large = found.first(where: { $0.bytes.count > maximumBatchSize }) {
      throw ProduceRefusal(.messageTooLarge, "\(large.bytes.count) bytes, at most \(maximumBatchSize) are allowed")
    }
    return found
  }

  private func checkVersion(of batch: RecordBatch) throws(ProduceRefusal) {
    guard (batch.format == .v2) == (version >= 3) else {
      throw ProduceRefusal(.invalidRecord, "format \(batch.format.rawValue) in produce version \(version)")
    }
    if batch.codec == .zstd, version < 7 {
      throw ProduceRefusal(.unsupportedCompressionType, "zstd in produce version \(version)")
    }
    if batch.isControl { throw ProduceRefusal(.invalidRecord, "a control batch from a client") }
  }

  /// Runs `body` and names the error code for what it throws.
  private static func reading<Value>(
    _ body: () throws(RecordError) -> Value
  ) throws(ProduceRefusal) -> Value {
    do throws(RecordError) {
      return try body()
    } catch {
      switch error {
      case .checksumMismatch, .badBatchLength: throw ProduceRefusal(.corruptMessage, "\(error)")
      case .unknownCodec, .codecNotAllowed: throw ProduceRefusal(.unsupportedCompressionType, "\(error)")
      default: throw ProduceRefusal(.invalidRecord, "\(error)")
      }
    }
  }

  private static func split(_ records: Bytes) throws(RecordError) -> [RecordBatch] {
    var batches: [RecordBatch] = []
    var reader = RecordSetReader(records)
    while let batch = try reader.next() { batches.append(batch) }
    guard reader.truncatedByteCount == 0 else { throw .badBatchLength(Int32(clamping: reader.truncatedByteCount)) }
    return batches
  }

  /// A batch as it is to be stored; its offsets must be consecutive.
  private static func modern(_ batch: RecordBatch) throws(RecordError) -> IncomingBatch {
    let opened = try BatchOpener.open(batch, limit: MessageConversion.decompressionLimit)
    let lastDelta = batch.lastOffset - batch.baseOffset
    guard try isNumberedInOrder(opened), lastDelta == Int64(opened.recordCount) - 1 else {
      throw .badOffsets(base: batch.baseOffset, lastDelta: lastDelta)
    }
    return IncomingBatch(batch, bytes: batch.bytes, codec: batch.codec, recordCount: opened.recordCount)
  }

  /// Messages as they are to be stored: one by one, so that they can be read from any on.
  ///
  /// The inner offsets of format v0 are absolute, and with those of a compressed message all of it would have to be
  /// compressed again; a broker may just as well store it uncompressed.
  private static func old(_ batch: RecordBatch) throws(RecordError) -> [IncomingBatch] {
    let opened = try BatchOpener.open(batch, limit: MessageConversion.decompressionLimit)
    if batch.codec != .none, batch.format == .v1, try isNumberedInOrder(opened) {
      return [IncomingBatch(batch, bytes: batch.bytes, codec: batch.codec, recordCount: opened.recordCount)]
    }
    var found: [IncomingBatch] = []
    for message in try MessageConversion.messages(of: batch, format: batch.format) {
      for single in try split(message) {
        found.append(IncomingBatch(single, bytes: message, codec: .none, recordCount: 1))
      }
    }
    return found
  }

  /// Reads every record and says whether each offset is one above the one before, and there is one at all.
  private static func isNumberedInOrder(_ opened: OpenedBatch) throws(RecordError) -> Bool {
    var records = opened.records
    var next = opened.baseOffset
    var isInOrder = opened.recordCount > 0
    while let record = try records.next() {
      if record.offset != next { isInOrder = false }
      next = record.offset &+ 1
    }
    return isInOrder
  }
}
