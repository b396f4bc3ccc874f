extension Message {
  /// Where the value of a message is, counted from the message's first byte; nil if it is null.
  ///
  /// The message is known to have its fixed fields.
  static func value(of message: RawSpan, format: RecordFormat) throws(RecordError) -> Range<Int>? {
    let (_, key) = try field(of: message, at: keyOffset(format))
    let (value, end) = try field(of: message, at: key)
    guard end == message.byteCount else { throw .bytesAfterRecord(message.byteCount - end) }
    return value
  }

  /// The bytes whose length is at `offset`, nil if null, and where they end.
  @inline(__always)
  static func field(of message: RawSpan, at offset: Int) throws(RecordError) -> (bytes: Range<Int>?, end: Int) {
    guard message.byteCount - offset >= 4 else { throw .fieldPastEnd }
    let length = Int(message.bigEndian(at: offset, as: Int32.self))
    let start = offset + 4
    guard length >= 0 else {
      guard length == -1 else { throw .badFieldLength(length) }
      return (nil, start)
    }
    guard length <= message.byteCount - start else { throw .fieldPastEnd }
    return (start..<start + length, start + length)
  }
}
