package import Buffers
package import KafkaProtocol

/// Writes records as the options of `consume` say. Allocates nothing for a record but what the output needs to grow.
package struct RecordFormatter: Sendable {
  private let output: RecordOutput
  private let fields: FieldWriter

  /// - Parameter style: A terminal gets escapes for what it would act on.
  package init(_ output: RecordOutput, style: TerminalStyle) {
    self.output = output
    let null: Bytes? =
      switch output {
      case .text(_, _, let null), .format(_, let null): null
      case .json, .length: nil
      }
    fields = FieldWriter(null: null, style: style)
  }

  /// Appends one record.
  ///
  /// - Throws: For a record that has no such form; then nothing of it is appended.
  package func append(
    _ record: borrowing RecordView, of origin: borrowing RecordOrigin, to buffer: inout BytesBuilder
  ) throws(FieldSizeError) {
    switch output {
    case .text(let keyDelimiter, let delimiter, _):
      if let keyDelimiter {
        fields.append(exact: record.key, to: &buffer)
        buffer.append(keyDelimiter)
      }
      fields.append(exact: record.value, to: &buffer)
      buffer.append(delimiter)
    case .format(let program, _):
      let start = buffer.count
      do throws(FieldSizeError) {
        try program.append(record, of: origin, fields: fields, to: &buffer)
      } catch {
        buffer.truncate(to: start)
        throw error
      }
    case .json(let embedsValues):
      JSONRecord.append(record, of: origin, embedsValue: embedsValues, to: &buffer)
      buffer.append(byte: 0x0A)
    case .length(let hasKeys):
      if hasKeys { fields.append(withLength: record.key, to: &buffer) }
      fields.append(withLength: record.value, to: &buffer)
    }
  }
}
