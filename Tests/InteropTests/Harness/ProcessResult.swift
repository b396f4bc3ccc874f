/// How a process has ended.
enum ProcessEnd: Equatable {
  case status(Int32)
  case signal(Int32)
  case outOfTime(Duration)
  case running
}

/// What is left of a process that has ended.
struct ProcessResult: CustomStringConvertible {
  var end: ProcessEnd
  var output: [UInt8]
  var errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }
  var succeeded: Bool { end == .status(0) }

  var description: String { "\(end)\n\(errors.suffix(4000))\n\(text.prefix(1000))" }
}
