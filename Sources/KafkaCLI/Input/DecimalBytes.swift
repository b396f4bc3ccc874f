/// A whole number in decimal digits, perhaps with a minus before them.
struct DecimalBytes {
  private let isNegative: Bool
  private let magnitude: UInt64

  /// - Returns: Nothing for any other text, and for numbers above 64 bits.
  init?(_ text: RawSpan) {
    let count = text.byteCount
    isNegative = count > 0 && text.unsafeLoad(as: UInt8.self) == UInt8(ascii: "-")
    var index = isNegative ? 1 : 0
    guard index < count else { return nil }
    var magnitude: UInt64 = 0
    while index < count {
      let byte = text.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      guard 0x30...0x39 ~= byte else { return nil }
      let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte - 0x30))
      guard !overflows, !overflowsToo else { return nil }
      magnitude = sum
      index += 1
    }
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
