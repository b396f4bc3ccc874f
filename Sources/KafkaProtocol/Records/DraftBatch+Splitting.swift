extension DraftBatch {
  /// Returns the records as two batches of about half the bytes each, or nil if there is one record only: what is
  /// left to a producer whose batch a broker finds too large.
  package func split() throws(RecordError) -> (first: DraftBatch, second: DraftBatch)? {
    try Self.split(
      RecordIterator(
        payload, format: format, count: recordCount, offsetBase: 0, timestampBase: baseTimestamp, appendTime: nil),
      format: format, recordCount: recordCount, byteCount: byteCount)
  }

  static func split(_ records: consuming RecordIterator, format: RecordFormat, recordCount: Int, byteCount: Int)
    throws(RecordError) -> (first: DraftBatch, second: DraftBatch)?
  {
    guard recordCount > 1 else { return nil }
    // A record's timestamp may take more bytes when it is counted from another record's.
    let capacity = byteCount + recordCount * Varint.maximumSize
    var first = RecordBatchBuilder(format: format, capacity: capacity)
    var second = RecordBatchBuilder(format: format, capacity: capacity)
    // Neither may be empty, so the header that each has does not count.
    let half = first.byteCount + (byteCount - first.byteCount) / 2
    while let record = try records.next() {
      if second.isEmpty, first.count < recordCount - 1, first.isEmpty || first.byteCount < half {
        first.append(copying: record)
      } else {
        second.append(copying: record)
      }
    }
    return (first.finish(), second.finish())
  }
}

extension OpenedBatch {
  /// Returns the records as two batches of about half the bytes each, or nil if there is one record only.
  package func split() throws(RecordError) -> (first: DraftBatch, second: DraftBatch)? {
    try DraftBatch.split(records, format: batch.format, recordCount: recordCount, byteCount: byteCount)
  }
}

extension RecordBatchBuilder {
  /// Appends a record of a batch that fits as a whole.
  mutating func append(copying record: borrowing RecordView) {
    let appended = append(
      key: record.key, value: record.value, headerCount: record.headers.count, headers: record.headers.encoded,
      timestamp: record.timestamp, offset: Int64(count))
    precondition(appended)
  }
}
