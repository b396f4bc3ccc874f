/// A position in the records of a batch, before which everything is read and behind which nothing is trusted.
///
/// What reads a record is inlined where records are read, also in other modules, so that the position stays in a
/// register. What is seldom needed works on a copy of the cursor for the same reason. No sum of a position and a length
/// that has been compared with what is left can overflow, so that none is checked for it.
@frozen
@usableFromInline
struct RecordCursor: ~Escapable {
  @usableFromInline let span: RawSpan
  @usableFromInline var position = 0
  /// Where reading must end: the end of the record, or of the span.
  @usableFromInline var end: Int

  @inlinable
  @inline(__always)
  @_lifetime(copy span)
  init(_ span: RawSpan) {
    self.span = span
    end = span.byteCount
  }

  @inlinable
  @inline(__always)
  var left: Int { end &- position }

  @inlinable
  @inline(__always)
  mutating func skip(_ count: Int) { position &+= count }

  @inlinable
  @inline(__always)
  mutating func byte() throws(RecordError) -> UInt8 {
    guard position < end else { throw .fieldPastEnd }
    defer { position &+= 1 }
    return span.unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  /// Reads a number of up to 64 bits.
  @inlinable
  @inline(__always)
  mutating func varint() throws(RecordError) -> Int64 {
    Self.zigZag(try unsignedVarint(maximumSize: 10))
  }

  /// Reads a number of up to 32 bits.
  @inlinable
  @inline(__always)
  mutating func varint32() throws(RecordError) -> Int {
    let value = try unsignedVarint(maximumSize: 5)
    guard value <= UInt64(UInt32.max) else { throw .varintTooLong }
    return Int(Self.zigZag(value))
  }

  /// Most numbers have one byte or two, so that only longer ones take a call.
  @inlinable
  @inline(__always)
  mutating func unsignedVarint(maximumSize: UInt64) throws(RecordError) -> UInt64 {
    let first = UInt64(try byte())
    guard first > 127 else { return first }
    let second = UInt64(try byte())
    guard second > 127 else { return first & 127 | second << 7 }
    var copy = self
    defer { position = copy.position }
    return try copy.longVarint(first & 127 | (second & 127) << 7, maximumSize: maximumSize)
  }

  @usableFromInline
  mutating func longVarint(_ low: UInt64, maximumSize: UInt64) throws(RecordError) -> UInt64 {
    var value = low
    var shift: UInt64 = 14
    while true {
      let next = UInt64(try byte())
      value |= (next & 127) << shift
      guard next > 127 else { return value }
      shift += 7
      guard shift < maximumSize * 7 else { throw .varintTooLong }
    }
  }

  @inlinable
  @inline(__always)
  static func zigZag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// Reads a length and as many bytes; nil for null.
  @inlinable
  @inline(__always)
  @_lifetime(copy self)
  mutating func field() throws(RecordError) -> RawSpan? {
    let length = try varint32()
    guard length >= 0 else {
      guard length == -1 else { throw .badFieldLength(length) }
      return nil
    }
    guard length <= left else { throw .fieldPastEnd }
    let start = position
    position &+= length
    return span.extracting(unchecked: Range(uncheckedBounds: (start, position)))
  }

  /// Reads a header; its name cannot be null.
  @inline(__always)
  @_lifetime(copy self)
  mutating func header() throws(RecordError) -> RecordHeader {
    guard let name = try field() else { throw .badFieldLength(-1) }
    return RecordHeader(name: name, value: try field())
  }

  /// Reads the headers of a record, and checks them so that they can be read again without.
  @inlinable
  @inline(__always)
  @_lifetime(copy self)
  mutating func headers() throws(RecordError) -> RecordHeaders {
    let count = try varint32()
    if count == 0 { return RecordHeaders(count: 0, encoded: span.extracting(unchecked: position..<position)) }
    var copy = self
    defer { position = copy.position }
    return try copy.headers(count: count)
  }

  @usableFromInline
  @_lifetime(copy self)
  mutating func headers(count: Int) throws(RecordError) -> RecordHeaders {
    // A header is two lengths at the least.
    guard count > 0, count <= left / 2 else { throw .badHeaderCount(count) }
    let start = position
    for _ in 0..<count { _ = try header() }
    return RecordHeaders(count: count, encoded: span.extracting(unchecked: start..<position))
  }
}
