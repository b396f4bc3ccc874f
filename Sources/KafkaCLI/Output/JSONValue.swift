package import Buffers

/// A JSON value to be written, for what is written seldom; records have a writer of their own.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Int64)
  case string(String)
  case array([JSONValue])
  /// Fields in the order in which they are written.
  case object([(String, JSONValue)])

  package static func number(_ number: some BinaryInteger) -> JSONValue { .number(Int64(clamping: number)) }

  package static func optional(_ number: (some BinaryInteger)?) -> JSONValue { number.map { .number($0) } ?? .null }

  package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// Appends the value without white space.
  package func append(to output: inout BytesBuilder) {
    switch self {
    case .null: output.append(literal: "null")
    case .bool(let value): output.append(literal: value ? "true" : "false")
    case .number(let number): output.append(decimal: number)
    case .string(let text): output.append(json: text)
    case .array(let values):
      output.append(literal: "[")
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(literal: ",") }
        value.append(to: &output)
      }
      output.append(literal: "]")
    case .object(let fields):
      output.append(literal: "{")
      for (index, (name, value)) in fields.enumerated() {
        if index > 0 { output.append(literal: ",") }
        output.append(json: name)
        output.append(literal: ":")
        value.append(to: &output)
      }
      output.append(literal: "}")
    }
  }
}
