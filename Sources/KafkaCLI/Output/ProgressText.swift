import Transport

/// How far a command is, as a line: `120000 records, 11.5 MiB, 40000 records/s, 3.8 MiB/s, 48%, 2m05s left`.
struct ProgressText: Sendable {
  private let work: ProgressMeter.Work
  private let recordsInSecond: Double
  private let bytesInSecond: Double
  private let elapsed: Duration

  /// - Parameters:
  ///   - earlier: How far it was before `duration`, over which the rates are taken.
  ///   - elapsed: The time since the beginning, from which the time left is reckoned.
  init(
    _ work: ProgressMeter.Work, since earlier: ProgressMeter.Work, over duration: Duration, elapsed: Duration
  ) {
    self.work = work
    self.elapsed = elapsed
    let seconds = max(duration / .seconds(1), 0.001)
    recordsInSecond = Double(max(work.records - earlier.records, 0)) / seconds
    bytesInSecond = Double(max(work.bytes - earlier.bytes, 0)) / seconds
  }

  var line: String {
    var parts = ["\(work.records) record\(work.records == 1 ? "" : "s")", Self.size(Double(work.bytes))]
    parts.append("\(Int64(min(recordsInSecond, 1e15).rounded())) records/s")
    parts.append(Self.size(bytesInSecond) + "/s")
    if let total = work.total, total > 0 {
      let share = min(Double(work.done) / Double(total), 1)
      parts.append("\(Int(max(share, 0) * 100))%")
      if share > 0, share < 1 {
        parts.append(Self.time(elapsed / .seconds(1) / share * (1 - share)) + " left")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// A number of bytes with the unit that leaves it below 1024, with one digit behind the point.
  private static func size(_ bytes: Double) -> String {
    var rest = max(bytes, 0)
    var units = ["B", "KiB", "MiB", "GiB", "TiB"][...]
    while rest >= 1024, units.count > 1 {
      rest /= 1024
      units.removeFirst()
    }
    let unit = units.first ?? ""
    if unit == "B" { return "\(Int64(rest)) B" }
    let tenths = Int64(min(rest, 1e15) * 10)
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  private static func time(_ seconds: Double) -> String {
    let seconds = Int64(min(seconds, 1e9).rounded(.up))
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if seconds >= 3600 { return "\(seconds / 3600)h\(two(seconds % 3600 / 60))m" }
    return seconds >= 60 ? "\(seconds / 60)m\(two(seconds % 60))s" : "\(seconds)s"
  }
}
