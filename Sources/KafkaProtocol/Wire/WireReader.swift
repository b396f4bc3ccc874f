package import Buffers

/// Reads a message from bytes that nobody vouches for.
///
/// Every read either gives a value that lies within the bytes or throws and leaves the reader where it may only be
/// thrown away. Lengths and counts are checked against the bytes left before memory is taken for them.
///
/// `compact` asks for the lengths of flexible versions (KIP-482): an unsigned varint of the length plus one, zero for
/// null. Otherwise a text has an int16 before it and all else an int32, -1 for null.
package struct WireReader: Sendable {
  let bytes: Bytes
  /// The offset of the next byte.
  package internal(set) var position = 0
  /// The offset that reads may not pass: the end of the bytes, or of the tagged field being read.
  var end: Int

  package init(_ bytes: Bytes) {
    self.bytes = bytes
    self.end = bytes.count
  }

  /// The number of bytes not read yet.
  package var bytesLeft: Int { end - position }

  /// Moves past `count` bytes and gives the offset of the first.
  mutating func advance(_ count: Int) throws(WireError) -> Int {
    guard count <= end - position else { throw .truncated(offset: position, needed: count) }
    let start = position
    position += count
    return start
  }

  // MARK: Numbers

  package mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(WireError) -> Value {
    let start = try advance(Value.bitWidth / 8)
    return Value(bigEndian: bytes.span.unsafeLoadUnaligned(fromByteOffset: start, as: Value.self))
  }

  package mutating func int8() throws(WireError) -> Int8 { try integer() }
  package mutating func int16() throws(WireError) -> Int16 { try integer() }
  package mutating func uint16() throws(WireError) -> UInt16 { try integer() }
  package mutating func int32() throws(WireError) -> Int32 { try integer() }
  package mutating func uint32() throws(WireError) -> UInt32 { try integer() }
  package mutating func int64() throws(WireError) -> Int64 { try integer() }
  package mutating func float64() throws(WireError) -> Double { Double(bitPattern: try integer()) }

  /// Reads a byte of which anything but zero is true, as Kafka reads it.
  package mutating func bool() throws(WireError) -> Bool { try int8() != 0 }

  package mutating func errorCode() throws(WireError) -> ErrorCode { ErrorCode(rawValue: try int16()) }

  package mutating func uuid() throws(WireError) -> UUID128 {
    let high: UInt64 = try integer()
    return UUID128(high: high, low: try integer())
  }

  /// Reads an unsigned integer of seven bits a byte, the lowest first; at most five bytes and 32 bits.
  package mutating func uvarint() throws(WireError) -> UInt32 {
    let start = position
    var value: UInt32 = 0
    for shift in stride(from: UInt32(0), through: 28, by: 7) {
      let byte: UInt8 = try integer()
      // Of the fifth byte only four bits have a place.
      if shift == 28 && byte > 0x0F { break }
      value |= UInt32(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw .malformedVarint(offset: start)
  }

  // MARK: Text and bytes

  package mutating func string(compact: Bool = false) throws(WireError) -> String {
    let start = position
    guard let value = try nullableString(compact: compact) else { throw .unexpectedNull(offset: start) }
    return value
  }

  /// Reads a text or null. What is not UTF-8 is replaced, as Kafka's own clients do.
  package mutating func nullableString(
    compact: Bool = false, allowsNull: Bool = true
  ) throws(WireError) -> String? {
    let start = position
    let length = compact ? Int(try uvarint()) - 1 : Int(try int16())
    guard let range = try range(length: length, from: start, allowsNull: allowsNull) else { return nil }
    return bytes[range].withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  package mutating func bytes(compact: Bool = false) throws(WireError) -> Bytes {
    let start = position
    guard let value = try nullableBytes(compact: compact) else { throw .unexpectedNull(offset: start) }
    return value
  }

  /// Reads bytes or null: a slice of what the reader was given, which it keeps alive. Nothing is copied.
  package mutating func nullableBytes(
    compact: Bool = false, allowsNull: Bool = true
  ) throws(WireError) -> Bytes? {
    let start = position
    let length = try length32(compact: compact)
    guard let range = try range(length: length, from: start, allowsNull: allowsNull) else { return nil }
    return bytes[range]
  }

  private mutating func range(
    length: Int, from start: Int, allowsNull: Bool
  ) throws(WireError) -> Range<Int>? {
    if length == -1 {
      guard allowsNull else { throw .unexpectedNull(offset: start) }
      return nil
    }
    guard length >= 0, length <= bytesLeft else { throw .invalidLength(offset: start, length: length) }
    let first = position
    position += length
    return first..<position
  }

  /// Reads a length or count of at most 32 bits; -1 is null.
  private mutating func length32(compact: Bool) throws(WireError) -> Int {
    compact ? Int(try uvarint()) - 1 : Int(try int32())
  }

  // MARK: Arrays and structs

  /// Reads how many elements follow, each of at least `elementSize` bytes.
  ///
  /// - Returns: A count that the bytes left can hold, so that a loop over it ends soon.
  package mutating func arrayCount(compact: Bool = false, elementSize: Int = 1) throws(WireError) -> Int {
    let start = position
    guard let count = try nullableArrayCount(compact: compact, elementSize: elementSize) else {
      throw .unexpectedNull(offset: start)
    }
    return count
  }

  package mutating func nullableArrayCount(
    compact: Bool = false, elementSize: Int = 1, allowsNull: Bool = true
  ) throws(WireError) -> Int? {
    let start = position
    let count = try length32(compact: compact)
    if count == -1 {
      guard allowsNull else { throw .unexpectedNull(offset: start) }
      return nil
    }
    guard count >= 0, count <= bytesLeft / max(elementSize, 1) else {
      throw .invalidCount(offset: start, count: count)
    }
    return count
  }

  /// The number of elements to make room for before `count` of them are read.
  ///
  /// An element often takes more memory than wire. Room for no more than the bytes left keeps a false count from
  /// costing many times the frame; an array that is really longer grows as its elements come.
  package func reservation(_ count: Int, stride: Int) -> Int { min(count, bytesLeft / max(stride, 1)) }

  /// Reads the byte that says whether a nullable struct follows.
  package mutating func isPresent() throws(WireError) -> Bool {
    let start = position
    switch try int8() {
    case 1: return true
    case -1: return false
    default: throw .invalidMarker(offset: start)
    }
  }
}
