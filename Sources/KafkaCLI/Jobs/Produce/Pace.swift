import Transport

/// Spreads records evenly over time.
///
/// Each record has an instant at which it may go. What comes late is made up for by at most a tenth of a second's worth
/// at once; a longer lateness is forgotten.
struct Pace {
  /// How much may go at once after a lateness.
  private static let largestBurst: Duration = .milliseconds(100)
  /// How long a wait is at least where many records are due in a short time, to save wake-ups.
  private static let smallestWait: Duration = .milliseconds(5)

  private let rate: Rate
  /// From when on the instants are counted.
  private var start: Instant
  /// How many records have gone since then; negative where some may go at once.
  private var gone: Int64 = 0

  init(_ rate: Rate, from start: Instant) {
    self.rate = rate
    self.start = start
  }

  /// How many records may go now.
  mutating func allowance(at now: Instant) -> Int64 {
    let due = records(in: now - start) + 1 - gone
    let burst = max(records(in: Self.largestBurst), 1)
    guard due > burst else { return max(due, 0) }
    (start, gone) = (now, 1 - burst)
    return burst
  }

  /// Says that so many have gone.
  mutating func advance(by count: Int64) { gone += count }

  /// When it is worth to look again: the next record may go then, or as many as are due in a short time.
  var next: Instant {
    let count = max(gone + max(records(in: Self.smallestWait), 1) - 1, 0)
    let nanoseconds =
      (Int128(count) * Int128(rate.period.wholeNanoseconds) + Int128(rate.count) - 1) / Int128(rate.count)
    return start + .nanoseconds(Int64(clamping: nanoseconds))
  }

  private func records(in duration: Duration) -> Int64 {
    Int64(clamping: Int128(duration.wholeNanoseconds) * Int128(rate.count) / Int128(rate.period.wholeNanoseconds))
  }
}

extension Duration {
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
