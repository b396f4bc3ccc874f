import KafkaClient

/// Records that have failed in the same way, of one batch or of several.
struct FailedRecords {
  private(set) var count: Int
  private(set) var first: Int64
  private(set) var last: Int64
  /// The records one by one; nil when there are those of several batches.
  private var numbers: NumberSequence?
  /// Whether they are all that there are from the first to the last.
  private var isUnbroken: Bool
  /// The size of the record when it is one alone.
  private var bytes: Int?

  /// - Parameter numbers: Of at least one record.
  init(_ numbers: NumberSequence, bytes: Int? = nil) {
    count = numbers.count
    first = numbers.first
    last = numbers.last
    self.numbers = numbers
    isUnbroken = numbers.isUnbroken
    self.bytes = bytes
  }

  /// One record and its size.
  init(_ number: Int64, bytes: Int64) {
    var numbers = NumberSequence(step: 1)
    numbers.append(number)
    self.init(numbers, bytes: Int(clamping: bytes))
  }

  mutating func add(_ other: FailedRecords) {
    isUnbroken = isUnbroken && other.isUnbroken && last + 1 == other.first
    count += other.count
    first = min(first, other.first)
    last = max(last, other.last)
    numbers = nil
    bytes = nil
  }

  /// Names them: `line 5 (12 bytes)`, `3 records (lines 1 and 5 to 6)`.
  func words(_ places: InputPlaces) -> String {
    if count == 1, let numbers { return places.names(of: numbers) + (bytes.map { " (\($0.inBytes))" } ?? "") }
    return "\(count) records (\(names(places)))"
  }

  /// Names them as those that are left: `3 more records (among lines 1 to 6)`.
  func wordsForMore(_ places: InputPlaces) -> String {
    "\(count) more \(count == 1 ? "record" : "records") (\(names(places)))"
  }

  private func names(_ places: InputPlaces) -> String {
    if let numbers { return places.names(of: numbers) }
    return isUnbroken ? places.names(from: first, to: last) : places.among(first, last)
  }
}
