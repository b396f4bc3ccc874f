package import Buffers

/// Writes a message as a list of segments, to be sent together.
///
/// Small fields go into one buffer of the writer's own. Record sets are taken by reference and become segments of
/// their own, so that sending them costs no copy. `compact` is as in ``WireReader``.
package struct WireWriter: ~Copyable {
  private var fields: BytesBuilder
  /// The record sets, each with the offset in `fields` that it goes before.
  private var inserts: [(offset: Int, bytes: Bytes)] = []
  private var insertedByteCount = 0

  /// Creates a writer whose own fields may take `capacity` bytes before its buffer grows.
  package init(capacity: Int = 256) {
    fields = BytesBuilder(capacity: capacity)
  }

  /// The number of bytes written, record sets included.
  package var byteCount: Int { fields.count + insertedByteCount }

  /// Ends the writer and gives out what it wrote, without empty segments.
  package consuming func finish() -> [Bytes] {
    let inserts = self.inserts
    let own = fields.finish()
    var segments: [Bytes] = []
    segments.reserveCapacity(inserts.count * 2 + 1)
    var start = 0
    for insert in inserts {
      if insert.offset > start { segments.append(own[start..<insert.offset]) }
      segments.append(insert.bytes)
      start = insert.offset
    }
    if own.count > start { segments.append(own[start..<own.count]) }
    return segments
  }

  /// Overwrites four bytes of the writer's own, such as a frame's length that is known only at its end.
  package mutating func overwrite(at offset: Int, int32 value: Int32) {
    fields.overwrite(at: offset, bigEndian: value)
  }

  // MARK: Numbers

  package mutating func integer(_ value: some FixedWidthInteger & BitwiseCopyable) {
    fields.append(bigEndian: value)
  }

  package mutating func int8(_ value: Int8) { integer(value) }
  package mutating func int16(_ value: Int16) { integer(value) }
  package mutating func uint16(_ value: UInt16) { integer(value) }
  package mutating func int32(_ value: Int32) { integer(value) }
  package mutating func uint32(_ value: UInt32) { integer(value) }
  package mutating func int64(_ value: Int64) { integer(value) }
  package mutating func float64(_ value: Double) { integer(value.bitPattern) }
  package mutating func bool(_ value: Bool) { integer(value ? 1 as Int8 : 0) }
  package mutating func errorCode(_ value: ErrorCode) { integer(value.rawValue) }

  package mutating func uuid(_ value: UUID128) {
    integer(value.high)
    integer(value.low)
  }

  package mutating func uvarint(_ value: UInt32) {
    var rest = value
    while rest >= 0x80 {
      fields.append(byte: UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    fields.append(byte: UInt8(truncatingIfNeeded: rest))
  }

  // MARK: Text and bytes

  package mutating func string(_ value: String, compact: Bool = false) throws(WireError) {
    // Kafka limits texts to an int16's length in flexible versions too.
    let length = value.utf8.count
    guard length <= Int(Int16.max) else { throw .tooLong(length: length) }
    if compact { uvarint(UInt32(length) + 1) } else { int16(Int16(length)) }
    fields.append(utf8: value)
  }

  package mutating func nullableString(_ value: String?, compact: Bool = false) throws(WireError) {
    if let value {
      try string(value, compact: compact)
    } else if compact {
      uvarint(0)
    } else {
      int16(-1)
    }
  }

  /// Writes bytes, copied.
  package mutating func bytes(_ value: Bytes, compact: Bool = false) throws(WireError) {
    try count(value.count, compact: compact)
    fields.append(value)
  }

  package mutating func nullableBytes(_ value: Bytes?, compact: Bool = false) throws(WireError) {
    if let value { try bytes(value, compact: compact) } else { null(compact: compact) }
  }

  /// Writes a record set, which becomes a segment of its own; nothing is copied.
  package mutating func records(_ value: Bytes, compact: Bool = false) throws(WireError) {
    try count(value.count, compact: compact)
    guard !value.isEmpty else { return }
    inserts.append((offset: fields.count, bytes: value))
    insertedByteCount += value.count
  }

  package mutating func nullableRecords(_ value: Bytes?, compact: Bool = false) throws(WireError) {
    if let value { try records(value, compact: compact) } else { null(compact: compact) }
  }

  // MARK: Arrays and structs

  /// Writes how many elements or bytes follow.
  package mutating func count(_ count: Int, compact: Bool = false) throws(WireError) {
    guard count < Int(Int32.max) else { throw .tooLong(length: count) }
    if compact { uvarint(UInt32(count) + 1) } else { int32(Int32(count)) }
  }

  /// Writes that an array, or bytes, is null.
  package mutating func null(compact: Bool = false) {
    if compact { uvarint(0) } else { int32(-1) }
  }

  /// Writes the byte that says whether a nullable struct follows.
  package mutating func isPresent(_ isPresent: Bool) { int8(isPresent ? 1 : -1) }

  // MARK: Tagged fields

  /// A tagged field being written: the offset of its value.
  package struct TaggedField {
    let start: Int
  }

  /// Writes a tag; its value follows, then ``endTaggedField(_:)``. No record set may be written between.
  package mutating func beginTaggedField(_ tag: UInt32) -> TaggedField {
    uvarint(tag)
    return TaggedField(start: fields.count)
  }

  /// Puts the size before the value just written. The value is moved, so this is for small ones.
  package mutating func endTaggedField(_ field: TaggedField) {
    precondition(inserts.last.map { $0.offset < field.start } ?? true)
    let value = Bytes(copying: fields.span.extracting(field.start..<fields.count))
    fields.truncate(to: field.start)
    uvarint(UInt32(value.count))
    fields.append(value)
  }

  /// Appends bytes that have their form already, such as a tagged field kept from a message that was read.
  package mutating func raw(_ value: Bytes) { fields.append(value) }
}
