import Buffers
import KafkaProtocol

extension FormatProgram {
  /// Appends what the format makes of a record.
  func append(
    _ record: borrowing RecordView, of label: PartitionLabel, fields: FieldWriter, to buffer: inout BytesBuilder
  ) {
    let instructions = instructions.span
    for index in instructions.indices {
      switch instructions[index] {
      case .literal(let bytes): buffer.append(bytes)
      case .value(let encoding): fields.append(record.value, as: encoding, to: &buffer)
      case .key(let encoding): fields.append(record.key, as: encoding, to: &buffer)
      case .topic: fields.append(exact: label.topicBytes.span, to: &buffer)
      case .partition: buffer.append(decimal: Int64(label.partition))
      case .offset: buffer.append(decimal: record.offset)
      case .milliseconds: buffer.append(decimal: record.timestamp)
      case .iso8601:
        if record.timestamp == -1 { fields.appendNull(to: &buffer) } else { buffer.append(iso8601: record.timestamp) }
      case .headers: Self.append(record.headers, fields: fields, to: &buffer)
      case .header(let name): Self.append(record.headers, named: name, fields: fields, to: &buffer)
      case .valueLength: buffer.append(decimal: Int64(record.value?.byteCount ?? -1))
      case .keyLength: buffer.append(decimal: Int64(record.key?.byteCount ?? -1))
      case .bigEndianValueLength: buffer.append(bigEndian: Int32(clamping: record.value?.byteCount ?? -1))
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
    fields.append(value, as: .exact, to: &buffer)
  }
}
