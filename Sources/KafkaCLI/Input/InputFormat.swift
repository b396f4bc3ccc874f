import Buffers

/// A format string of `-f` that records can be read by.
package struct InputFormat: Equatable, Sendable {
  let instructions: [FormatProgram.Instruction]
  /// The literals, one after another.
  let literals: Bytes
  /// The literal that ends the format, if one does, and so each record.
  let end: Bytes?
  let brace = Bytes(utf8: "}")

  /// Compiles a format string.
  ///
  /// - Throws: For what no format has, and for a format by which nobody could tell what a record says, with a caret.
  package init(parsing text: [UInt8]) throws(UsageError) {
    let program = try FormatProgram(parsing: text)
    instructions = program.instructions
    literals = program.literals
    if case .literal(let range)? = instructions.last { end = literals[range] } else { end = nil }
    try check(text, program.starts)
  }

  /// Whether records say which partition they are of.
  var namesPartitions: Bool { instructions.contains(.partition) }

  private func check(_ text: [UInt8], _ starts: [Int]) throws(UsageError) {
    func error(_ problem: String, _ advice: String, at index: Int) -> UsageError {
      UsageError(problem, advice: advice, caret: .pointing(at: starts[index], in: text))
    }
    var said: Set<String> = []
    for (index, instruction) in instructions.enumerated() {
      if case .localTime = instruction {
        throw error("this time cannot be read back", "write %T or %T{iso}", at: index)
      }
      if let subject = instruction.subject, !said.insert(subject).inserted {
        throw error("\(subject) is said twice", "leave one of them out", at: index)
      }
      if let field = instruction.measured {
        guard !said.contains(field.name) else {
          throw error("the length comes behind what it is of", "put it before \(field.token)", at: index)
        }
        guard instructions.contains(where: { $0.subject == field.name }) else {
          throw error("a length of what is not there", "add \(field.token) behind it", at: index)
        }
      }
      guard index + 1 < instructions.count, !isDelimited(instruction, said) else { continue }
      if case .literal = instructions[index + 1] { continue }
      throw error(
        "nothing tells where this begins", "put text before it, or the length of what is before it (%S, %K, %R) first",
        at: index + 1)
    }
    guard said.contains("the value") else { throw UsageError("the format has no value", advice: "add %s") }
  }

  /// Whether the token's own text says where it ends.
  private func isDelimited(_ instruction: FormatProgram.Instruction, _ said: Set<String>) -> Bool {
    switch instruction {
    case .literal, .bigEndianValueLength: true
    case .key(let encoding): encoding == .json || encoding.hasKnownLength && said.contains("the length of the key")
    case .value(let encoding): encoding == .json || encoding.hasKnownLength && said.contains("the length of the value")
    default: false
    }
  }
}

extension FormatProgram.Instruction {
  /// What the token says of a record, if that can be said once only.
  fileprivate var subject: String? {
    switch self {
    case .value: "the value"
    case .key: "the key"
    case .milliseconds, .iso8601, .localTime: "the time"
    case .partition: "the partition"
    case .valueLength, .bigEndianValueLength: "the length of the value"
    case .keyLength: "the length of the key"
    case .headers: "all headers"
    case .literal, .topic, .offset, .header, .leaderEpoch, .highWatermark: nil
    }
  }

  /// The field that the token says the length of.
  fileprivate var measured: (name: String, token: String)? {
    switch self {
    case .valueLength, .bigEndianValueLength: ("the value", "%s")
    case .keyLength: ("the key", "%k")
    default: nil
    }
  }
}

extension FormatProgram.Encoding {
  /// Whether the length of the text follows from that of the bytes.
  var hasKnownLength: Bool {
    switch self {
    case .exact, .hex, .base64: true
    case .json, .integer: false
    }
  }

  /// The length of the text for so many bytes, where that is known.
  func textLength(ofBytes count: Int) -> Int {
    switch self {
    case .hex: count * 2
    case .base64: (count + 2) / 3 * 4
    case .exact, .json, .integer: count
    }
  }

  /// What is told to be expected.
  var expectation: String {
    switch self {
    case .exact: "bytes"
    case .hex: "pairs of hexadecimal digits"
    case .base64: "base64"
    case .json: "JSON: a string, null or {\"base64\":\"…\"}"
    case .integer(let layout): "a number that {\(layout.name)} takes"
    }
  }
}
