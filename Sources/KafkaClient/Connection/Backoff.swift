import Transport

/// Waits that double from a first to a longest one, each moved by up to a fifth either way (KIP-580).
struct Backoff: Sendable {
  private let range: ClosedRange<Duration>
  private(set) var failures = 0

  init(_ range: ClosedRange<Duration>) { self.range = range }

  /// The wait after one more failure.
  mutating func next(_ entropy: any Entropy) -> Duration {
    let doublings = min(failures, 20)
    failures += 1
    let whole = min(range.upperBound, range.lowerBound * (1 << doublings)).nanoseconds
    let fifth = UInt64(max(whole / 5, 1))
    let jitter = Int64(entropy.next() % (2 * fifth + 1)) - Int64(fifth)
    return .nanoseconds(whole) + .nanoseconds(jitter)
  }

  mutating func reset() { failures = 0 }
}
