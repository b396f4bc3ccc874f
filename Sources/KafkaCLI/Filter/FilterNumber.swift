import Buffers

/// A number in a filter, with which numbers in records are compared exactly, whatever their size.
struct FilterNumber: Equatable, Sendable {
  /// The number, if it was written as a whole number of up to 63 bits.
  let integer: Int64?
  private let text: Bytes

  /// Reads a decimal number with an optional sign, fraction and exponent, which has to be all there is.
  init?(_ bytes: [UInt8]) {
    guard let number = bytes.withUnsafeBytes({ DecimalText($0).map(\.integer) }) else { return nil }
    integer = number
    text = Bytes(copying: bytes)
  }

  init(_ integer: Int64) {
    self.integer = integer
    text = Bytes(utf8: "\(integer)")
  }

  /// Whether a text is a number that compares with this one as asked.
  func isMet(by bytes: UnsafeRawBufferPointer, _ comparison: FilterComparison) -> Bool {
    guard let left = DecimalText(bytes) else { return false }
    if let left = left.integer, let integer { return comparison.holds(left, integer) }
    return text.span.withUnsafeBytes { DecimalText($0).map { comparison.holds(left, $0) } ?? false }
  }
}
