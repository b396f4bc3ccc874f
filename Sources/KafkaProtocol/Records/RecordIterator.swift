/// Reads the records of an opened batch one after another.
@frozen
@usableFromInline
package struct RecordIterator: ~Escapable {
  @usableFromInline var cursor: RecordCursor
  @usableFromInline let count: Int
  @usableFromInline var remaining: Int
  @usableFromInline let format: RecordFormat
  @usableFromInline let offsetBase: Int64
  @usableFromInline let timestampBase: Int64
  /// The timestamp of all records, if the broker gave them one.
  @usableFromInline let appendTime: Int64?

  /// Lengths of record, key and value, attributes, both deltas and the count of headers.
  static let minimumRecordSize = 7

  @_lifetime(copy span)
  init(
    _ span: RawSpan, format: RecordFormat, count: Int, offsetBase: Int64, timestampBase: Int64, appendTime: Int64?
  ) {
    cursor = RecordCursor(span)
    self.count = count
    remaining = count
    self.format = format
    self.offsetBase = offsetBase
    self.timestampBase = timestampBase
    self.appendTime = appendTime
  }

  /// Returns the next record, or nil after the last.
  ///
  /// The record may be used as long as its batch, also after the next one is read. After an error nothing follows.
  /// - Complexity: O(1), and O(*n*) in the headers; allocates nothing.
  @inlinable
  @inline(__always)
  @_lifetime(copy self)
  package mutating func next() throws(RecordError) -> RecordView? {
    guard remaining > 0 else {
      let left = cursor.left
      cursor.skip(left)
      guard left == 0 else { throw .bytesAfterLastRecord(left) }
      return nil
    }
    remaining &-= 1
    do throws(RecordError) {
      guard format == .v2 else {
        let size = messageSize
        let record = try message(size: size)
        cursor.skip(size)
        return record
      }
      return try record()
    } catch {
      remaining = 0
      cursor.end = cursor.span.byteCount
      cursor.skip(cursor.left)
      throw error
    }
  }

  @inlinable
  @inline(__always)
  @_lifetime(copy self)
  mutating func record() throws(RecordError) -> RecordView {
    guard cursor.left > 0 else { throw .badRecordCount(count) }
    let length = try cursor.varint32()
    guard length >= 0, length <= cursor.left else { throw .badRecordLength(length) }
    let end = cursor.end
    cursor.end = cursor.position &+ length
    _ = try cursor.byte()  // The attributes, of which none has a meaning.
    let timestampDelta = try cursor.varint()
    let offsetDelta = try cursor.varint32()
    let key = try cursor.field()
    let value = try cursor.field()
    let headers = try cursor.headers()
    guard cursor.left == 0 else { throw .bytesAfterRecord(cursor.left) }
    cursor.end = end
    return RecordView(
      offset: offsetBase &+ Int64(offsetDelta), timestamp: appendTime ?? (timestampBase &+ timestampDelta), key: key,
      value: value, headers: headers)
  }

  /// The size of the message that is next.
  @usableFromInline
  var messageSize: Int {
    Message.sizeBeforeLength + Int(cursor.span.bigEndian(at: cursor.position + 8, as: Int32.self))
  }

  /// Reads the message that is next, whose frame has been checked when the batch was opened.
  @usableFromInline
  @_lifetime(copy self)
  func message(size: Int) throws(RecordError) -> RecordView {
    let message = cursor.span.extracting(cursor.position..<cursor.position + size)
    let (key, valueOffset) = try Message.field(of: message, at: Message.keyOffset(format))
    let (value, end) = try Message.field(of: message, at: valueOffset)
    guard end == size else { throw .bytesAfterRecord(size - end) }
    let timestamp = format == .v0 ? -1 : message.bigEndian(at: Message.timestampOffset, as: Int64.self)
    return RecordView(
      offset: offsetBase &+ message.bigEndian(at: 0, as: Int64.self), timestamp: appendTime ?? timestamp,
      key: Self.field(key, of: message), value: Self.field(value, of: message),
      headers: RecordHeaders(count: 0, encoded: message.extracting(end..<end)))
  }

  @_lifetime(copy message)
  private static func field(_ range: Range<Int>?, of message: RawSpan) -> RawSpan? {
    guard let range else { return nil }
    return message.extracting(range)
  }
}
