import Buffers
import KafkaProtocol

/// A record as a JSON object from which the same record can be made again.
enum JSONRecord {
  /// - Parameter embedsValue: Whether a value that is JSON itself is written as that, not as a string.
  static func append(
    _ record: borrowing RecordView, of origin: borrowing RecordOrigin, embedsValue: Bool,
    to buffer: inout BytesBuilder
  ) {
    buffer.append(origin.label.jsonPrefix)
    buffer.append(decimal: record.offset)
    buffer.append(literal: ",\"timestamp\":")
    switch origin.timestampType {
    case .none:
      buffer.append(literal: "null,\"timestampType\":null")
    case .create:
      buffer.append(decimal: record.timestamp)
      buffer.append(literal: ",\"timestampType\":\"create\"")
    case .append:
      buffer.append(decimal: record.timestamp)
      buffer.append(literal: ",\"timestampType\":\"logappend\"")
    }
    buffer.append(literal: ",\"key\":")
    append(record.key, to: &buffer)
    buffer.append(literal: ",\"value\":")
    if embedsValue, let value = record.value, EmbeddedJSON.accepts(value) {
      buffer.append(value)
    } else {
      append(record.value, to: &buffer)
    }
    buffer.append(literal: ",\"headers\":[")
    var headers = record.headers
    var isFirst = true
    while let header = headers.next() {
      if !isFirst { buffer.append(literal: ",") }
      isFirst = false
      buffer.append(literal: "{\"name\":")
      buffer.append(json: header.name)
      buffer.append(literal: ",\"value\":")
      append(header.value, to: &buffer)
      buffer.append(literal: "}")
    }
    buffer.append(literal: "]}")
  }

  private static func append(_ field: RawSpan?, to buffer: inout BytesBuilder) {
    if let field { buffer.append(json: field) } else { buffer.append(literal: "null") }
  }
}
