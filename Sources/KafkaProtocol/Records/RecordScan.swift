/// One pass over the frames of a v2 batch's records, so that of a batch whose records are not what its header says,
/// none is delivered.
///
/// Only lengths and offsets are looked at; the fields of a record are checked when it is read.
enum RecordScan {
  /// - Parameter lastDelta: The last offset of the batch, counted from its first. Compaction may have removed the
  ///   record that had it, and others before it.
  /// - Throws: When there are fewer or more records than `count`, or their offsets do not rise from one to the next
  ///   within the batch.
  /// - Complexity: O(*n*) in the number of records, some nanoseconds for each.
  static func check(_ records: RawSpan, count: Int, lastDelta: Int64) throws(RecordError) {
    var cursor = RecordCursor(records)
    var previous = -1
    for _ in 0..<count {
      guard cursor.left > 0 else { throw .badRecordCount(count) }
      let length = try cursor.varint32()
      guard length >= 0, length <= cursor.left else { throw .badRecordLength(length) }
      let end = cursor.position &+ length
      _ = try cursor.byte()
      _ = try cursor.varint()
      let delta = try cursor.varint32()
      guard delta > previous, delta <= lastDelta else { throw .badOffsetDelta(delta) }
      previous = delta
      guard cursor.position <= end else { throw .fieldPastEnd }
      cursor.skip(end &- cursor.position)
    }
    guard cursor.left == 0 else { throw .bytesAfterLastRecord(cursor.left) }
  }
}
