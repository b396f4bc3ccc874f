/// A place in a partition, as `-o` and `--until` name it. The forms are one for every partition of a command.
package enum StartPosition: Hashable, Sendable {
  /// The first record there is.
  case beginning
  /// After the last record there is.
  case end
  case offset(Int64)
  /// So many records after the beginning.
  case afterBeginning(Int64)
  /// So many records before the end.
  case beforeEnd(Int64)
  /// The first record that is not older than so many milliseconds since 1970-01-01 UTC.
  case time(milliseconds: Int64)
  /// The first record that is not older than so long before now.
  case ago(Duration)

  package init(argument text: String) throws(UsageError) {
    switch text {
    case "beginning", "earliest": self = .beginning
    case "end", "latest": self = .end
    case "stored":
      throw UsageError("'stored' needs a group, and groups are not supported yet")
    default:
      guard let position = try Self.relative(text) else { throw Self.unknown(text) }
      self = position
    }
  }

  private static func relative(_ text: String) throws(UsageError) -> StartPosition? {
    let rest = String(text.dropFirst())
    switch text.first {
    case "@": return .time(milliseconds: try TimeArgument.milliseconds(rest))
    case "+": return DecimalNumber.parse(rest).map { .afterBeginning($0) }
    case "-":
      if let count = DecimalNumber.parse(rest) { return .beforeEnd(count) }
      return (try? Duration(argument: rest)).map { .ago($0) }
    default: return DecimalNumber.parse(text).map { .offset($0) }
    }
  }

  private static func unknown(_ text: String) -> UsageError {
    UsageError(
      "'\(text)' is not a position",
      advice: "use beginning, end, N, -N, +N, @TIME or -DURATION, such as -1h")
  }
}
