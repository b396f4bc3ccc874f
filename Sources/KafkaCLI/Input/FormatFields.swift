import Buffers
import KafkaProtocol

/// What the tokens of a format have said of a record so far.
///
/// Used for one record after another; keeps its buffers and allocates only when they grow.
struct FormatFields: ~Copyable {
  /// What stands for a header that is null, as `%h` writes it.
  private static let nullHeader = Bytes(utf8: "NULL")

  private let rules: InputFieldRules
  private var key = FieldPlace.null
  private var value = FieldPlace.null
  private var headers = EncodedHeaders()
  private var timestamp: Int64?
  private var partition: Int32?
  /// The lengths that came before the key and the value; -1 for null.
  private(set) var keyLength: Int?
  private(set) var valueLength: Int?
  /// Fields that were encoded.
  private var decoded = BytesBuilder()

  init(_ rules: InputFieldRules) { self.rules = rules }

  /// What stands for a field whose length says that it is null.
  var nullText: Bytes { rules.nullText }

  /// The bytes of the key, value and headers.
  var byteCount: Int { key.byteCount + value.byteCount + headers.byteCount }

  mutating func removeAll() {
    key = .null
    value = .null
    headers.removeAll()
    timestamp = nil
    partition = nil
    keyLength = nil
    valueLength = nil
    if decoded.capacity > 1 << 20 { decoded = BytesBuilder() } else { decoded.truncate(to: 0) }
  }

  @_lifetime(borrow self, copy text)
  func fields(in text: RawSpan) -> InputFields {
    InputFields(
      key: key == .null ? rules.defaultKey?.span : span(key, in: text), value: span(value, in: text),
      headers: headers.isEmpty ? nil : headers, timestamp: timestamp, partition: partition)
  }

  @_lifetime(borrow self, copy text)
  private func span(_ place: FieldPlace, in text: RawSpan) -> RawSpan? {
    switch place {
    case .null: nil
    case .text(let range): text.extracting(range)
    case .decoded(let range): decoded.span.extracting(range)
    }
  }

  /// Takes what a token has in the text.
  mutating func take(
    _ instruction: FormatProgram.Instruction, _ range: Range<Int>, in window: borrowing RecordWindow
  ) throws(FormatMismatch) {
    try take(instruction, range, of: window.bytes)
  }

  private mutating func take(
    _ instruction: FormatProgram.Instruction, _ range: Range<Int>, of text: RawSpan
  ) throws(FormatMismatch) {
    let bytes = text.extracting(range)
    switch instruction {
    case .key(let encoding): key = try field(encoding, range, bytes, length: keyLength)
    case .value(let encoding): value = try field(encoding, range, bytes, length: valueLength)
    case .keyLength: keyLength = Int(try number(-1...Int64(Int32.max), "a length or -1", range, bytes))
    case .valueLength: valueLength = Int(try number(-1...Int64(Int32.max), "a length or -1", range, bytes))
    case .bigEndianValueLength:
      let length = Int32(bigEndian: bytes.unsafeLoadUnaligned(as: Int32.self))
      guard length >= -1 else { throw .unlike("a length or -1 in 4 bytes", at: range.lowerBound) }
      valueLength = Int(length)
    case .partition: partition = Int32(try number(0...Int64(Int32.max), "a partition", range, bytes))
    case .milliseconds: timestamp = try number(-1...Int64.max, "a time in milliseconds", range, bytes)
    case .iso8601: if !bytes.isEmpty { timestamp = try time(range, bytes) }
    case .offset, .leaderEpoch, .highWatermark: _ = try number(-1...Int64.max, "a number", range, bytes)
    case .headers: try takeHeaders(range, bytes)
    case .header(let name):
      if rules.isNull(bytes) {
        headers.append(name: name.span, value: nil)
      } else {
        headers.append(name: name.span, value: bytes)
      }
    case .topic, .literal, .localTime: break
    }
  }

  // MARK: Keys and values

  private mutating func field(
    _ encoding: FormatProgram.Encoding, _ range: Range<Int>, _ text: RawSpan, length: Int?
  ) throws(FormatMismatch) -> FieldPlace {
    let place = try place(encoding, range, text, length: length)
    guard let length else { return place }
    guard place == .null ? length < 0 : place.byteCount == length else {
      throw .unlike(length < 0 ? "null" : "a field of \(length) bytes", at: range.lowerBound)
    }
    return place
  }

  private mutating func place(
    _ encoding: FormatProgram.Encoding, _ range: Range<Int>, _ text: RawSpan, length: Int?
  ) throws(FormatMismatch) -> FieldPlace {
    if encoding != .json {
      if let length, length < 0, ByteSearch.areEqual(text, nullText.span) { return .null }
      if length == nil, rules.isNull(text) { return .null }
    }
    let start = decoded.count
    let isRead =
      switch encoding {
      case .exact: true
      case .hex: decoded.append(decodingHex: text)
      case .base64: decoded.append(decodingBase64: text)
      case .integer(let layout): decoded.append(decimal: text, as: layout)
      case .json: true
      }
    guard isRead else { throw .unlike(encoding.expectation, at: range.lowerBound) }
    switch encoding {
    case .exact: return .text(range)
    case .json: return try json(range, text)
    case .hex, .base64, .integer: return .decoded(start..<decoded.count)
    }
  }

  private mutating func json(_ range: Range<Int>, _ text: RawSpan) throws(FormatMismatch) -> FieldPlace {
    let place: FieldPlace? = text.withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes, limits: .record)
      guard let place = try? cursor.field(&decoded, embeds: false), cursor.position == bytes.count else { return nil }
      return place
    }
    switch place {
    case .text(let inner): return .text((range.lowerBound + inner.lowerBound)..<(range.lowerBound + inner.upperBound))
    case let place?: return place
    case nil: throw .unlike(FormatProgram.Encoding.json.expectation, at: range.lowerBound)
    }
  }

  // MARK: Headers and numbers

  /// Takes `a=1,b=NULL,c=`.
  private mutating func takeHeaders(_ range: Range<Int>, _ text: RawSpan) throws(FormatMismatch) {
    var start = 0
    while start < text.byteCount {
      let rest = text.extracting(start..<text.byteCount)
      let end = rest.firstOffset(of: UInt8(ascii: ",")) ?? rest.byteCount
      let header = rest.extracting(0..<end)
      guard let equals = header.firstOffset(of: UInt8(ascii: "=")) else {
        throw .unlike("a header NAME=VALUE", at: range.lowerBound + start)
      }
      let value = header.extracting((equals + 1)..<end)
      if ByteSearch.areEqual(value, Self.nullHeader.span) {
        headers.append(name: header.extracting(0..<equals), value: nil)
      } else {
        headers.append(name: header.extracting(0..<equals), value: value)
      }
      start += end + 1
    }
  }

  private func number(
    _ allowed: ClosedRange<Int64>, _ expected: String, _ range: Range<Int>, _ text: RawSpan
  ) throws(FormatMismatch) -> Int64 {
    guard let number = DecimalBytes(text)?.signed, allowed.contains(number) else {
      throw .unlike(expected, at: range.lowerBound)
    }
    return number
  }

  private func time(_ range: Range<Int>, _ text: RawSpan) throws(FormatMismatch) -> Int64 {
    // 40 bytes are enough for any time with a zone.
    guard text.byteCount <= 40, let time = DecimalBytes(text)?.signed ?? TimeArgument.milliseconds(ofDate: text) else {
      throw .unlike("a time like 2024-01-31T12:00:00.250Z", at: range.lowerBound)
    }
    guard time >= 0 else { throw .unlike("a time from 1970 on", at: range.lowerBound) }
    return time
  }
}
