package import Buffers

/// How `kavka produce` makes records of its input.
package enum RecordInput: Equatable, Sendable {
  /// What ends with a delimiter, with the rules for keys and nulls.
  case lines(InputFieldRules, delimiter: Bytes)
  /// Each file whole.
  case raw(InputFieldRules)
  /// The length before each value, with keys before each of both.
  case length(hasKeys: Bool, defaultKey: Bytes?)
  /// A JSON object a line.
  case json(defaultKey: Bytes?)
  /// By a format string, with the rules for nulls.
  case format(InputFormat, InputFieldRules)

  /// What one record is called in messages.
  var unit: String {
    switch self {
    case .lines(_, let delimiter): delimiter == Bytes(copying: [0x0A]) ? "line" : "record"
    case .json: "line"
    case .raw, .length, .format: "record"
    }
  }
}
