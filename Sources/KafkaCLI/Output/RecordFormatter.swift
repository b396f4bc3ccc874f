package import Buffers
package import KafkaProtocol

/// Writes records as the options of `consume` say. Allocates nothing for a record but what the output needs to grow.
package struct RecordFormatter: Sendable {
  /// What is written, without what has to be counted when it is copied: one is chosen for each record.
  private enum Form {
    case text(hasKeys: Bool)
    case format
    case json(embedsValues: Bool)
    case length(hasKeys: Bool)
  }

  private let form: Form
  private let keyDelimiter: Bytes
  private let delimiter: Bytes
  private let program: FormatProgram
  private let fields: FieldWriter

  /// - Parameter style: A terminal gets escapes for what it would act on.
  package init(_ output: RecordOutput, style: TerminalStyle) {
    var null: Bytes?
    var (keyDelimiter, delimiter, program) = (Bytes.empty, Bytes.empty, FormatProgram.empty)
    switch output {
    case .text(let endOfKey, let end, let nullText):
      form = .text(hasKeys: endOfKey != nil)
      (keyDelimiter, delimiter, null) = (endOfKey ?? .empty, end, nullText)
    case .format(let compiled, let nullText):
      form = .format
      (program, null) = (compiled, nullText)
    case .json(let embedsValues): form = .json(embedsValues: embedsValues)
    case .length(let hasKeys): form = .length(hasKeys: hasKeys)
    }
    self.keyDelimiter = keyDelimiter
    self.delimiter = delimiter
    self.program = program
    fields = FieldWriter(null: null, style: style)
  }

  /// Appends one record.
  ///
  /// Inlined where records are read, so that none need be put together in memory only for its value to be copied.
  ///
  /// - Throws: For a record that has no such form; then nothing of it is appended.
  @inline(__always)
  package func append(
    _ record: borrowing RecordView, of origin: borrowing RecordOrigin, to buffer: inout BytesBuilder
  ) throws(FieldSizeError) {
    switch form {
    case .text(let hasKeys):
      if hasKeys {
        fields.append(exact: record.key, to: &buffer)
        buffer.append(keyDelimiter)
      }
      fields.append(exact: record.value, to: &buffer)
      buffer.append(delimiter)
    case .format:
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
