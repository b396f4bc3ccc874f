/// Which offset of each partition `offsets --at` asks for.
package enum OffsetQuestion: Hashable, Sendable {
  case earliest
  case latest
  /// Where a reader of committed records ends.
  case stable
  /// The record with the largest timestamp.
  case maximumTimestamp
  /// The first record that is not older than so many milliseconds since 1970-01-01 UTC.
  case time(milliseconds: Int64)
  /// The first record that is not older than so long before now.
  case ago(Duration)

  package init(argument text: String) throws(UsageError) {
    switch text {
    case "earliest", "beginning": self = .earliest
    case "latest", "end": self = .latest
    case "stable": self = .stable
    case "max-timestamp": self = .maximumTimestamp
    default:
      if text.hasPrefix("-") {
        self = .ago(try Duration(argument: String(text.dropFirst())))
      } else {
        self = .time(milliseconds: try Self.time(text))
      }
    }
  }

  private static func time(_ text: String) throws(UsageError) -> Int64 {
    guard text.first == "@" || text.first?.isNumber == true else {
      throw UsageError(
        "'\(text)' is not a position", advice: "use earliest, latest, stable, max-timestamp, TIME or -DURATION")
    }
    return try TimeArgument.milliseconds(text.hasPrefix("@") ? String(text.dropFirst()) : text)
  }
}
