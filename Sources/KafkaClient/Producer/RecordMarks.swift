/// What is remembered of each record of a batch until it is settled: its number in the input and, if somebody wants
/// reports of deliveries, its timestamp.
struct RecordMarks: Sendable {
  private(set) var numbers = NumberSequence(step: 1)
  /// Milliseconds since 1970-01-01 UTC; empty unless they are kept.
  private(set) var timestamps = NumberSequence(step: 0)
  private let keepsTimestamps: Bool

  init(keepsTimestamps: Bool = false) { self.keepsTimestamps = keepsTimestamps }

  /// The bytes that the marks take.
  var byteCount: Int { numbers.byteCount + timestamps.byteCount }

  @inline(__always)
  mutating func append(number: Int64, timestamp: Int64) {
    numbers.append(number)
    if keepsTimestamps { timestamps.append(timestamp) }
  }

  /// Takes the marks of a batch apart into those of records for which `isChosen` holds at their place, and the others.
  func divided(_ isChosen: (Int) -> Bool) -> (chosen: RecordMarks, others: RecordMarks) {
    var chosen = RecordMarks(keepsTimestamps: keepsTimestamps)
    var others = chosen
    var times = timestamps.makeIterator()
    for (index, number) in numbers.enumerated() {
      let timestamp = times.next() ?? -1
      if isChosen(index) {
        chosen.append(number: number, timestamp: timestamp)
      } else {
        others.append(number: number, timestamp: timestamp)
      }
    }
    return (chosen, others)
  }
}
