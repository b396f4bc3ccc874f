/// Reads whole numbers as people write them, and nothing more lenient: no sign, space, or second base.
package enum DecimalNumber {
  /// The number that `text` is, when it consists of decimal digits only and fits into 64 bits.
  package static func parse(_ text: some StringProtocol) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(text)
  }

  /// The number that `text` is.
  ///
  /// - Throws: When it is none, or is outside `range`.
  package static func parse<Number: FixedWidthInteger>(
    _ text: String, as type: Number.Type = Number.self, in range: ClosedRange<Number>
  ) throws(UsageError) -> Number {
    guard let number = parse(text) else {
      let looksLikeNumber = !text.isEmpty && text.drop { $0 == "-" }.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard looksLikeNumber, text != "-" else { throw UsageError("'\(text)' is not a whole number") }
      throw outside(text, range)
    }
    guard let fitting = Number(exactly: number), range.contains(fitting) else { throw outside(text, range) }
    return fitting
  }

  private static func outside(_ text: String, _ range: ClosedRange<some FixedWidthInteger>) -> UsageError {
    // Nobody has a use for the largest numbers of 32 and 64 bits; a smaller one is a limit to know.
    guard range.upperBound < .max || range.upperBound.bitWidth < 32 else {
      return UsageError("'\(text)' is out of range", advice: "at least \(range.lowerBound)")
    }
    return UsageError("'\(text)' is out of range", advice: "from \(range.lowerBound) to \(range.upperBound)")
  }
}
