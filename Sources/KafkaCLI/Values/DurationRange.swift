/// The durations that options accept.
package enum DurationRange {
  /// Reads a duration above zero.
  package static func positive(_ text: String) throws(UsageError) -> Duration {
    let duration = try Duration(argument: text)
    guard duration > .zero else { throw UsageError("'\(text)' is no time at all", advice: "use at least 1ms") }
    return duration
  }

  /// Reads a duration that fits the 32-bit milliseconds of Kafka's requests.
  package static func inRequest(_ text: String) throws(UsageError) -> Duration {
    let duration = try Duration(argument: text)
    guard duration.wholeMilliseconds <= Int64(Int32.max) else {
      throw UsageError("'\(text)' is too long", advice: "at most 24d")
    }
    return duration
  }
}
