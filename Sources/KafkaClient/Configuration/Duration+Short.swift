import Transport

extension Duration {
  /// The whole milliseconds.
  package var milliseconds: Int64 { nanoseconds / 1_000_000 }

  /// The duration as a person writes it: `500ms`, `10s`, `2m`.
  package var short: String {
    if milliseconds == 0 || milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    if seconds % 60 == 0 { return "\(seconds / 60)m" }
    return "\(seconds)s"
  }
}
