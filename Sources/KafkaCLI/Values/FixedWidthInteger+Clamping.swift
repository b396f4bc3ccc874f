extension FixedWidthInteger {
  /// The sum, or the end of the type's range that it is past: for numbers that come from a broker or a file system.
  func adding(clamping other: Self) -> Self {
    let (sum, isPast) = addingReportingOverflow(other)
    return isPast ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the end of the type's range that it is past.
  func subtracting(clamping other: Self) -> Self {
    let (difference, isPast) = subtractingReportingOverflow(other)
    return isPast ? (other < 0 ? .max : .min) : difference
  }
}
