import Transport

extension Duration {
  /// The whole milliseconds.
  package var milliseconds: Int64 { nanoseconds / 1_000_000 }

  /// A time that was measured, with three digits or more: `0.25ms`, `12ms`, `3.50s`.
  package var measured: String {
    let microseconds = nanoseconds / 1_000
    if microseconds < 10_000 { return "\(Self.hundredths(microseconds / 10))ms" }
    return milliseconds < 10_000 ? "\(milliseconds)ms" : "\(Self.hundredths(milliseconds / 10))s"
  }

  private static func hundredths(_ number: Int64) -> String {
    "\(number / 100)." + (number % 100 < 10 ? "0" : "") + "\(number % 100)"
  }

  /// The duration as a person writes it: `500ms`, `10s`, `2m`.
  package var short: String {
    if milliseconds == 0 || milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    if seconds % 60 == 0 { return "\(seconds / 60)m" }
    return "\(seconds)s"
  }
}
