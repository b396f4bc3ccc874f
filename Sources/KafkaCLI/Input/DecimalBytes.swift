/// A whole number in decimal digits, perhaps with a minus before them.
struct DecimalBytes {
  private let isNegative: Bool
  private let magnitude: UInt64

  /// - Returns: Nothing for any other text, and for numbers above 64 bits.
  init?(_ text: RawSpan) {
    let parsed = text.withUnsafeBytes { bytes -> (Bool, UInt64)? in
      let isNegative = bytes.first == UInt8(ascii: "-")
      let digits = bytes.dropFirst(isNegative ? 1 : 0)
      guard !digits.isEmpty else { return nil }
      var magnitude: UInt64 = 0
      for byte in digits {
        guard 0x30...0x39 ~= byte else { return nil }
        let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte - 0x30))
        guard !overflows, !overflowsToo else { return nil }
        magnitude = sum
      }
      return (isNegative, magnitude)
    }
    guard let (isNegative, magnitude) = parsed else { return nil }
    self.isNegative = isNegative
    self.magnitude = magnitude
  }

  /// The number, if it fits into 64 bits with a sign.
  var signed: Int64? {
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude == 1 << 63 ? .min : Int64(exactly: magnitude).map { -$0 }
  }

  /// The number, if it fits into 64 bits without a sign.
  var unsigned: UInt64? { isNegative && magnitude > 0 ? nil : magnitude }
}
