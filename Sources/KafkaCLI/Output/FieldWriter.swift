import Buffers

/// Writes keys, values and headers: exact or escaped, and in place of null what was asked for.
struct FieldWriter: Sendable {
  let null: Bytes?
  let style: TerminalStyle

  /// Appends a field in an encoding.
  ///
  /// - Throws: For bytes that are no integer of the width that the encoding says.
  func append(
    _ field: RawSpan?, _ name: FieldSizeError.Field, as encoding: FormatProgram.Encoding, to buffer: inout BytesBuilder
  ) throws(FieldSizeError) {
    guard let field else {
      if encoding == .json { return buffer.append(literal: "null") }
      return appendNull(to: &buffer)
    }
    switch encoding {
    case .exact: append(exact: field, to: &buffer)
    case .hex: buffer.append(hex: field)
    case .base64: buffer.append(base64: field)
    case .json: buffer.append(json: field)
    case .integer(let layout):
      guard field.byteCount == layout.byteCount else {
        throw FieldSizeError(field: name, byteCount: field.byteCount, layout: layout)
      }
      let bits = layout.bits(of: field)
      if layout.isSigned { buffer.append(decimal: Int64(bitPattern: bits)) } else { buffer.append(decimal: bits) }
    }
  }

  func append(exact field: RawSpan?, to buffer: inout BytesBuilder) {
    guard let field else { return appendNull(to: &buffer) }
    if style.isTerminal { TerminalText.append(field, to: &buffer) } else { buffer.append(field) }
  }

  func appendNull(to buffer: inout BytesBuilder) {
    if let null { return buffer.append(null) }
    switch style {
    case .exact: break
    case .plain: buffer.append(literal: "null")
    case .coloured: buffer.append(literal: "\u{1B}[2mnull\u{1B}[0m")
    }
  }

  /// Appends a length as 4 bytes, big-endian.
  func append(length: Int, to buffer: inout BytesBuilder) {
    let length = Int32(clamping: length)
    guard style.isTerminal else { return buffer.append(bigEndian: length) }
    withUnsafeBytes(of: length.bigEndian) { TerminalText.append($0.bytes, to: &buffer) }
  }

  /// Appends the length, -1 for null, and then the field.
  func append(withLength field: RawSpan?, to buffer: inout BytesBuilder) {
    append(length: field?.byteCount ?? -1, to: &buffer)
    if let field { append(exact: field, to: &buffer) }
  }
}
