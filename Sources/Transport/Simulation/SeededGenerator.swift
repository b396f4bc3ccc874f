/// Random numbers from a seed (SplitMix64), the same on every machine and with every version of the library.
///
/// Each part of a simulation has a stream of its own, so that a new draw in one does not shift the others.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// - Parameter stream: The name of the part that draws.
  package init(seed: UInt64, stream: String) {
    var hash = TraceHash()
    hash.fold(seed)
    for byte in stream.utf8 { hash.fold(UInt64(byte)) }
    state = hash.value
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to, not including, `bound`.
  package mutating func next(below bound: Int) -> Int {
    precondition(bound > 0)
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A duration within `range`, to the nanosecond.
  package mutating func next(in range: ClosedRange<Duration>) -> Duration {
    let low = range.lowerBound.nanoseconds
    let width = range.upperBound.nanoseconds - low
    guard width > 0, width < .max else { return range.lowerBound }
    return .nanoseconds(low + Int64(next(below: Int(width) + 1)))
  }
}
