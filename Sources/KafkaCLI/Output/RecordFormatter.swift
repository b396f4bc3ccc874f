package import Buffers
package import KafkaProtocol

/// Writes records as the options of `consume` say. Allocates nothing for a record but what the output needs to grow.
package struct RecordFormatter: Sendable {
  private let output: RecordOutput
  private let fields: FieldWriter

  /// - Parameter isTerminal: Whether a terminal shows the output: it gets escapes for what it would act on.
  package init(_ output: RecordOutput, isTerminal: Bool) {
    self.output = output
    let null: Bytes? =
      switch output {
      case .text(_, _, let null), .format(_, let null): null
      case .json: nil
      }
    fields = FieldWriter(null: null, isTerminal: isTerminal)
  }

  /// Appends one record.
  package func append(
    _ record: borrowing RecordView, of label: PartitionLabel, timestampType: TimestampType,
    to buffer: inout BytesBuilder
  ) {
    switch output {
    case .text(let keyDelimiter, let delimiter, _):
      if let keyDelimiter {
        fields.append(record.key, as: .exact, to: &buffer)
        buffer.append(keyDelimiter)
      }
      fields.append(record.value, as: .exact, to: &buffer)
      buffer.append(delimiter)
    case .format(let program, _):
      program.append(record, of: label, fields: fields, to: &buffer)
    case .json:
      JSONRecord.append(record, of: label, timestampType: timestampType, to: &buffer)
      buffer.append(byte: 0x0A)
    }
  }
}

/// Writes keys, values and headers: exact or escaped, and in place of null what was asked for.
struct FieldWriter: Sendable {
  let null: Bytes?
  let isTerminal: Bool

  func append(_ field: RawSpan?, as encoding: FormatProgram.Encoding, to buffer: inout BytesBuilder) {
    guard let field else { return appendNull(to: &buffer) }
    switch encoding {
    case .exact: append(exact: field, to: &buffer)
    case .hex: buffer.append(hex: field)
    case .base64: buffer.append(base64: field)
    }
  }

  func append(exact field: RawSpan, to buffer: inout BytesBuilder) {
    if isTerminal { TerminalText.append(field, to: &buffer) } else { buffer.append(field) }
  }

  func appendNull(to buffer: inout BytesBuilder) {
    if let null { buffer.append(null) } else if isTerminal { TerminalText.appendNull(to: &buffer) }
  }
}
