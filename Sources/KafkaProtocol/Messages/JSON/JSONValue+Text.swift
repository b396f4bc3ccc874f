package import Buffers

extension JSONValue: CustomStringConvertible {
  /// The value on one line, without spaces.
  package var description: String {
    var builder = BytesBuilder()
    write(into: &builder)
    return builder.finish().withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Appends the value on one line, without spaces.
  package func write(into builder: inout BytesBuilder) {
    switch self {
    case .null: builder.append(utf8: "null")
    case .bool(let value): builder.append(utf8: value ? "true" : "false")
    case .integer(let value): builder.append(utf8: String(value))
    // JSON has no word for what is not finite.
    case .number(let value): builder.append(utf8: value.isFinite ? String(value) : "null")
    case .string(let value): Self.write(value, into: &builder)
    case .array(let elements):
      builder.append(byte: UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { builder.append(byte: UInt8(ascii: ",")) }
        element.write(into: &builder)
      }
      builder.append(byte: UInt8(ascii: "]"))
    case .object(let members):
      builder.append(byte: UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { builder.append(byte: UInt8(ascii: ",")) }
        Self.write(member.key, into: &builder)
        builder.append(byte: UInt8(ascii: ":"))
        member.value.write(into: &builder)
      }
      builder.append(byte: UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, into builder: inout BytesBuilder) {
    builder.append(byte: UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": builder.append(utf8: "\\\"")
      case "\\": builder.append(utf8: "\\\\")
      case "\n": builder.append(utf8: "\\n")
      case "\r": builder.append(utf8: "\\r")
      case "\t": builder.append(utf8: "\\t")
      // Those of the second block would steer a terminal too.
      case "\0"..<" ", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        builder.append(utf8: "\\u00\(digits.count == 1 ? "0" : "")\(digits)")
      default: builder.append(utf8: String(scalar))
      }
    }
    builder.append(byte: UInt8(ascii: "\""))
  }
}
