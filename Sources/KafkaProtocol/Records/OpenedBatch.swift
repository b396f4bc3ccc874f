package import Buffers

/// A batch whose checksum is verified and whose records are decompressed.
package struct OpenedBatch: Sendable {
  package let batch: RecordBatch
  /// The offset of the first record there is, or the batch's first offset if that is known without reading records.
  package let baseOffset: Int64
  package let recordCount: Int
  private let payload: Bytes
  /// What is added to the offsets of the records.
  private let offsetBase: Int64

  /// Takes the decompressed records of a batch whose own checksum is verified, and verifies those of the messages
  /// inside.
  /// - Throws: What is wrong with the count or the offsets, or with any message of format v0 and v1. The fields of
  ///   records of format v2 are checked when they are read.
  package init(_ batch: RecordBatch, payload: Bytes) throws(RecordError) {
    self.batch = batch
    self.payload = payload
    guard batch.format == .v2 else {
      let scan = try MessageSetScan(payload.span, of: batch)
      baseOffset = scan.firstOffset &+ scan.offsetBase
      recordCount = scan.count
      offsetBase = scan.offsetBase
      return
    }
    let count = batch.recordCount ?? 0
    guard count <= payload.count / RecordIterator.minimumRecordSize else { throw .badRecordCount(count) }
    guard count > 0 || payload.isEmpty else { throw .bytesAfterLastRecord(payload.count) }
    baseOffset = batch.baseOffset
    recordCount = count
    offsetBase = batch.baseOffset
    do throws(RecordError) {
      try RecordScan.check(payload.span, count: count, lastDelta: batch.lastOffset - batch.baseOffset)
    } catch {
      // A length that is wrong shows first in what is read with it: the record itself says more than what follows it.
      try readAll()
      throw error
    }
  }

  private func readAll() throws(RecordError) {
    var records = records
    while try records.next() != nil {}
  }

  /// The number of bytes that the batch has, or would have, uncompressed.
  package var byteCount: Int { DraftBatch.headerSize(batch.format) + payload.count }

  /// Reads the records, in order.
  package var records: RecordIterator {
    @_lifetime(borrow self)
    get {
      let iterator = RecordIterator(
        payload.span, format: batch.format, count: recordCount, offsetBase: offsetBase,
        timestampBase: batch.baseTimestamp, appendTime: batch.timestampType == .append ? batch.maxTimestamp : nil)
      return _overrideLifetime(iterator, borrowing: self)
    }
  }
}
