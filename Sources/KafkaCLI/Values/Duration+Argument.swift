extension Duration {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// Reads `500ms`, `10s`, `5m`, `2h`, `7d`, or several from the largest unit down: `1h30m`. Only 0 needs no unit.
  ///
  /// - Throws: For anything else, and for more than 292 years.
  package init(argument text: String) throws(UsageError) {
    if text == "0" {
      self = .zero
      return
    }
    guard let milliseconds = Self.milliseconds(text) else {
      let advice =
        DecimalNumber.parse(text) == nil
        ? "write it like 500ms, 10s, 5m or 1h30m" : "add a unit, such as \(text)s or \(text)ms"
      throw UsageError("'\(text)' is not a duration", advice: advice)
    }
    self = .milliseconds(milliseconds)
  }

  private static func milliseconds(_ text: String) -> Int64? {
    var rest = text[...]
    var total: Int64 = 0
    var largestUnit = Int64.max
    repeat {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let number = DecimalNumber.parse(digits),
        let unit = units.first(where: { $0.name == letters }), unit.milliseconds < largestUnit
      else { return nil }
      largestUnit = unit.milliseconds
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit.milliseconds)
      let (sum, isSumTooLarge) = total.addingReportingOverflow(product)
      guard !isTooLarge, !isSumTooLarge, sum <= .max / 1_000_000 else { return nil }
      total = sum
    } while !rest.isEmpty
    return total
  }

  /// The duration in whole milliseconds, rounded down; one that 64 bits cannot hold becomes the longest.
  package var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000)
    return isTooLarge ? .max : product &+ attoseconds / 1_000_000_000_000_000
  }
}
