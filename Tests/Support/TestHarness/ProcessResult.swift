/// How a process has ended.
package enum ProcessEnd: Equatable, Sendable {
  case status(Int32)
  case signal(Int32)
  case outOfTime(Duration)
  case running
}

/// What is left of a process that has ended.
package struct ProcessResult: Sendable, CustomStringConvertible {
  package var end: ProcessEnd
  package var output: [UInt8]
  package var errors: String

  package var text: String { String(decoding: output, as: UTF8.self) }
  package var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
  package var succeeded: Bool { end == .status(0) }

  package var description: String { "\(end)\n\(errors.suffix(4000))\n\(text.prefix(1000))" }
}
