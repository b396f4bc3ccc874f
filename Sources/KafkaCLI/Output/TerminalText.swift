package import Buffers

/// Bytes of others on their way to a terminal, which would otherwise act on some of them.
package enum TerminalText {
  /// Appends the bytes with control characters and what is not UTF-8 as escapes: `\n`, `\t`, `\r`, `\x1b`.
  package static func append(_ bytes: RawSpan, to output: inout BytesBuilder) {
    bytes.withUnsafeBytes { raw in
      var start = 0
      var index = 0
      while index < raw.count {
        let length = UTF8Sequence.length(in: raw, at: index)
        let isControl =
          raw[index] < 0x20 || raw[index] == 0x7F || length == 2 && UTF8Sequence.isControl(in: raw, at: index)
        if let length, !isControl {
          index += length
          continue
        }
        output.append(bytes.extracting(start..<index))
        for offset in index..<(index + (length ?? 1)) { append(escape: raw[offset], to: &output) }
        index += length ?? 1
        start = index
      }
      output.append(bytes.extracting(start..<raw.count))
    }
  }

  /// The text with the same escapes, for messages and tables.
  package static func escaped(_ text: String) -> String {
    var output = BytesBuilder()
    append(Array(text.utf8).span.bytes, to: &output)
    return String(decoding: output.finish().array, as: UTF8.self)
  }

  private static func append(escape byte: UInt8, to output: inout BytesBuilder) {
    switch byte {
    case 0x09: output.append(literal: "\\t")
    case 0x0A: output.append(literal: "\\n")
    case 0x0D: output.append(literal: "\\r")
    default:
      output.append(literal: "\\x")
      withUnsafeBytes(of: byte) { output.append(hex: $0.bytes) }
    }
  }
}
