extension OpenedBatch {
  /// Takes records out, by their places from 0.
  ///
  /// - Returns: The records that are left, if there are any, and the size of each that was taken out, its key and value
  ///   together.
  package func removing(_ isRemoved: (Int) -> Bool) throws(RecordError) -> (kept: DraftBatch?, sizes: [Int: Int]) {
    // A record's timestamp may take more bytes when it is counted from another record's.
    var kept = RecordBatchBuilder(
      format: batch.format, capacity: byteCount + recordCount * Varint.maximumSize)
    var sizes: [Int: Int] = [:]
    var records = records
    var place = 0
    while let record = try records.next() {
      if isRemoved(place) {
        sizes[place] = (record.key?.byteCount ?? 0) + (record.value?.byteCount ?? 0)
      } else {
        kept.append(copying: record)
      }
      place += 1
    }
    return (kept.isEmpty ? nil : kept.finish(), sizes)
  }
}
