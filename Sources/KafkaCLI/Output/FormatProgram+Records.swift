import Buffers
import KafkaProtocol

extension FormatProgram {
  /// Appends what the format makes of a record.
  ///
  /// - Throws: For bytes that are no integer of the width that the format says; what was appended so far stays.
  func append(
    _ record: borrowing RecordView, of origin: borrowing RecordOrigin, fields: FieldWriter,
    to buffer: inout BytesBuilder
  ) throws(FieldSizeError) {
    let instructions = instructions.span
    for index in instructions.indices {
      switch instructions[index] {
      case .literal(let range): buffer.append(literals.span.extracting(range))
      case .value(let encoding): try fields.append(record.value, .value, as: encoding, to: &buffer)
      case .key(let encoding): try fields.append(record.key, .key, as: encoding, to: &buffer)
      case .topic: fields.append(exact: origin.label.topicBytes.span, to: &buffer)
      case .partition: buffer.append(decimal: Int64(origin.label.partition))
      case .offset: buffer.append(decimal: record.offset)
      case .milliseconds: buffer.append(decimal: record.timestamp)
      case .iso8601:
        if record.timestamp == -1 { fields.appendNull(to: &buffer) } else { buffer.append(iso8601: record.timestamp) }
      case .localTime(let format):
        if record.timestamp == -1 {
          fields.appendNull(to: &buffer)
        } else {
          format.append(record.timestamp, to: &buffer)
        }
      case .headers: Self.append(record.headers, fields: fields, to: &buffer)
      case .header(let name): Self.append(record.headers, named: name, fields: fields, to: &buffer)
      case .valueLength: buffer.append(decimal: Int64(record.value?.byteCount ?? -1))
      case .keyLength: buffer.append(decimal: Int64(record.key?.byteCount ?? -1))
      case .bigEndianValueLength: fields.append(length: record.value?.byteCount ?? -1, to: &buffer)
      case .leaderEpoch: buffer.append(decimal: Int64(origin.leaderEpoch))
      case .highWatermark: buffer.append(decimal: origin.highWatermark)
      }
    }
  }

  /// Appends `a=1,b=NULL,c=`, as kcat does.
  private static func append(_ headers: RecordHeaders, fields: FieldWriter, to buffer: inout BytesBuilder) {
    var headers = headers
    var isFirst = true
    while let header = headers.next() {
      if !isFirst { buffer.append(literal: ",") }
      isFirst = false
      fields.append(exact: header.name, to: &buffer)
      buffer.append(literal: "=")
      if let value = header.value { fields.append(exact: value, to: &buffer) } else { buffer.append(literal: "NULL") }
    }
  }

  /// Appends the value of the last header of that name.
  private static func append(
    _ headers: RecordHeaders, named name: Bytes, fields: FieldWriter, to buffer: inout BytesBuilder
  ) {
    var headers = headers
    var value: RawSpan?
    while let header = headers.next() {
      if ByteSearch.areEqual(header.name, name.span) { value = header.value }
    }
    fields.append(exact: value, to: &buffer)
  }
}
