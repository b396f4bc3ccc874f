import Buffers
import KafkaProtocol

/// What the JSON object of a record says, as `consume -J` writes it.
///
/// Used for one record after another; keeps its buffers and allocates only when they grow.
struct JSONRecordFields: ~Copyable {
  /// The members that the object may have, in the order in which `consume -J` writes them.
  private enum Member: UInt16 {
    case topic, partition, offset, timestamp, timestampType, key, value, headers

    /// The name and the colon behind it, as `consume -J` writes them.
    var opening: StaticString {
      switch self {
      case .topic: "\"topic\":"
      case .partition: "\"partition\":"
      case .offset: "\"offset\":"
      case .timestamp: "\"timestamp\":"
      case .timestampType: "\"timestampType\":"
      case .key: "\"key\":"
      case .value: "\"value\":"
      case .headers: "\"headers\":"
      }
    }
  }

  private(set) var key = FieldPlace.null
  private(set) var value = FieldPlace.null
  private(set) var headers = EncodedHeaders()
  /// Milliseconds since 1970-01-01 UTC.
  private(set) var timestamp: Int64?
  private(set) var partition: Int32?
  /// Strings that had escapes and bytes that were base64.
  private(set) var decoded = BytesBuilder()

  /// Reads an object with nothing but blanks around it.
  ///
  /// - Throws: For what is no such object; then the fields mean nothing.
  mutating func read(_ line: RawSpan) throws(JSONRecordError) {
    key = .null
    value = .null
    timestamp = nil
    partition = nil
    headers.removeAll()
    if decoded.capacity > 1 << 20 { decoded = BytesBuilder() } else { decoded.truncate(to: 0) }
    try line.withUnsafeBytes { bytes throws(JSONRecordError) in
      var cursor = JSONCursor(bytes, limits: .record)
      cursor.skipBlanks()
      guard cursor.take(UInt8(ascii: "{")) else { throw cursor.error("no JSON object") }
      var seen: UInt16 = 0
      var likely: Member? = .topic
      try members(&cursor) { fields, cursor, start throws(JSONRecordError) in
        let member = try fields.member(&cursor, likely: likely)
        likely = Member(rawValue: member.rawValue + 1)
        let bit = 1 << member.rawValue as UInt16
        guard seen & bit == 0 else { throw cursor.error("the field \(member) comes twice", at: start) }
        seen |= bit
        try fields.take(member, &cursor)
      }
      cursor.skipBlanks()
      guard cursor.position == bytes.count else { throw cursor.error("text behind the object") }
      guard seen & (1 << Member.value.rawValue) != 0 else { throw cursor.error("the field value is missing") }
    }
  }

  /// Reads the record that a splitter has come to.
  mutating func read(recordOf splitter: borrowing RecordSplitter) throws(JSONRecordError) {
    try read(splitter.record)
  }

  /// The bytes of the key, value and headers.
  var byteCount: Int { key.byteCount + value.byteCount + headers.byteCount }

  /// Reads the members of an object whose brace was taken, up to the closing one.
  ///
  /// - Parameter take: Takes a member whole, name and value; called with its place.
  private mutating func members(
    _ cursor: inout JSONCursor,
    _ take: (inout JSONRecordFields, inout JSONCursor, Int) throws(JSONRecordError) -> Void
  ) throws(JSONRecordError) {
    cursor.skipBlanks()
    if cursor.take(UInt8(ascii: "}")) { return }
    repeat {
      cursor.skipBlanks()
      try take(&self, &cursor, cursor.position)
      cursor.skipBlanks()
    } while cursor.take(UInt8(ascii: ","))
    guard cursor.take(UInt8(ascii: "}")) else {
      throw cursor.error(cursor.next == nil ? "the text ends too early" : "no ',' or '}'")
    }
  }

  /// Takes the name of a member, the colon and the blanks before the value.
  private mutating func name(_ cursor: inout JSONCursor) throws(JSONRecordError) -> FieldPlace {
    guard cursor.next == UInt8(ascii: "\"") else { throw cursor.error("no field name") }
    let name = try cursor.string(&decoded)
    cursor.skipBlanks()
    guard cursor.take(UInt8(ascii: ":")) else { throw cursor.error("no ':'") }
    cursor.skipBlanks()
    return name
  }

  /// Takes the name of a member of a record, as ``name(_:)`` does.
  ///
  /// - Parameter likely: What it most likely is: one comparison tells.
  private mutating func member(
    _ cursor: inout JSONCursor, likely: Member?
  ) throws(JSONRecordError) -> Member {
    if let likely, cursor.take(likely.opening) {
      cursor.skipBlanks()
      return likely
    }
    let start = cursor.position
    let name = try name(&cursor)
    guard let member = member(name, cursor) else {
      throw cursor.error("unknown field \(text(name, cursor.bytes))", at: start)
    }
    return member
  }

  private func member(_ name: FieldPlace, _ cursor: JSONCursor) -> Member? {
    switch name.byteCount {
    case 3: cursor.isName("key", name, decoded) ? .key : nil
    case 5: cursor.isName("value", name, decoded) ? .value : cursor.isName("topic", name, decoded) ? .topic : nil
    case 6: cursor.isName("offset", name, decoded) ? .offset : nil
    case 7: cursor.isName("headers", name, decoded) ? .headers : nil
    case 9:
      cursor.isName("timestamp", name, decoded)
        ? .timestamp : cursor.isName("partition", name, decoded) ? .partition : nil
    case 13: cursor.isName("timestampType", name, decoded) ? .timestampType : nil
    default: nil
    }
  }

  private mutating func take(_ member: Member, _ cursor: inout JSONCursor) throws(JSONRecordError) {
    let start = cursor.position
    switch member {
    case .key: key = try cursor.field(&decoded, embeds: true)
    case .value: value = try cursor.field(&decoded, embeds: true)
    case .headers: try takeHeaders(&cursor)
    case .partition:
      guard let number = Int32(exactly: try cursor.integer()), number >= 0 else {
        throw cursor.error("no partition", at: start)
      }
      partition = number
    case .offset: _ = try cursor.integer()
    case .timestamp:
      if cursor.next == UInt8(ascii: "n") { return try cursor.takeNull() }
      let number = try cursor.integer()
      guard number >= -1 else { throw cursor.error("a time before 1970", at: start) }
      timestamp = number
    case .topic:
      guard cursor.next == UInt8(ascii: "\"") else { throw cursor.error("the topic is no string") }
      _ = try cursor.string(&decoded)
    case .timestampType:
      if cursor.next == UInt8(ascii: "n") { return try cursor.takeNull() }
      guard cursor.next == UInt8(ascii: "\"") else { throw cursor.error("timestampType is no string") }
      let type = try cursor.string(&decoded)
      guard cursor.isName("create", type, decoded) || cursor.isName("logappend", type, decoded) else {
        throw cursor.error("timestampType is create, logappend or null", at: start)
      }
    }
  }

  private mutating func takeHeaders(_ cursor: inout JSONCursor) throws(JSONRecordError) {
    guard cursor.take(UInt8(ascii: "[")) else { throw cursor.error("headers are no array") }
    cursor.skipBlanks()
    if cursor.take(UInt8(ascii: "]")) { return }
    repeat {
      cursor.skipBlanks()
      try takeHeader(&cursor)
      cursor.skipBlanks()
    } while cursor.take(UInt8(ascii: ","))
    guard cursor.take(UInt8(ascii: "]")) else { throw cursor.error("no ',' or ']'") }
  }

  private mutating func takeHeader(_ cursor: inout JSONCursor) throws(JSONRecordError) {
    let start = cursor.position
    let kept = decoded.count
    guard cursor.take(UInt8(ascii: "{")) else { throw cursor.error("a header is no object") }
    var (name, value): (FieldPlace?, FieldPlace?)
    try members(&cursor) { fields, cursor, start throws(JSONRecordError) in
      let field = try fields.name(&cursor)
      if cursor.isName("name", field, fields.decoded) {
        guard name == nil else { throw cursor.error("the field name comes twice", at: start) }
        name = try cursor.field(&fields.decoded, embeds: false)
      } else if cursor.isName("value", field, fields.decoded) {
        guard value == nil else { throw cursor.error("the field value comes twice", at: start) }
        value = try cursor.field(&fields.decoded, embeds: false)
      } else {
        throw cursor.error("unknown field \(fields.text(field, cursor.bytes)) of a header", at: start)
      }
    }
    guard let name, name != .null else { throw cursor.error("a header without a name", at: start) }
    guard let value else { throw cursor.error("a header without a value", at: start) }
    Self.append(name, value, in: cursor.bytes, decoded, to: &headers)
    decoded.truncate(to: kept)
  }

  private static func append(
    _ name: FieldPlace, _ value: FieldPlace, in text: UnsafeRawBufferPointer, _ decoded: borrowing BytesBuilder,
    to headers: inout EncodedHeaders
  ) {
    decoded.span.withUnsafeBytes { decoded in
      func span(_ place: FieldPlace) -> UnsafeRawBufferPointer {
        switch place {
        case .null: UnsafeRawBufferPointer(start: nil, count: 0)
        case .text(let range): UnsafeRawBufferPointer(rebasing: text[range])
        case .decoded(let range): UnsafeRawBufferPointer(rebasing: decoded[range])
        }
      }
      let nameBytes = span(name)
      if value == .null {
        headers.append(name: nameBytes.bytes, value: nil)
      } else {
        headers.append(name: nameBytes.bytes, value: span(value).bytes)
      }
    }
  }

  /// A field's name for a message.
  private func text(_ place: FieldPlace, _ text: UnsafeRawBufferPointer) -> String {
    switch place {
    case .null: ""
    case .text(let range): "'\(String(decoding: text[range].prefix(64), as: UTF8.self))'"
    case .decoded(let range):
      decoded.span.withUnsafeBytes { "'\(String(decoding: $0[range].prefix(64), as: UTF8.self))'" }
    }
  }
}
