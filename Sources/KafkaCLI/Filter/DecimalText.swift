/// A decimal number in a text, taken apart and not copied: a sign, digits with a point or without, and an exponent.
///
/// Numbers compare exactly, whatever their size. Valid as long as the text is.
struct DecimalText: Comparable {
  /// An exponent that is no smaller, or no larger below zero, is taken for about this: no text has so many digits.
  private static let largestExponent = 100_000_000_000_000_000

  /// The number, if it was written as a whole number of up to 63 bits.
  let integer: Int64?
  private let isNegative: Bool
  /// From the first digit that is not 0 to the last one, perhaps with the point between them; empty for zero.
  private let digits: UnsafeRawBufferPointer
  /// The power of ten of the first digit.
  private let magnitude: Int

  /// Takes a text apart of which the number has to be all there is.
  init?(_ text: UnsafeRawBufferPointer) {
    var index = 0
    let isNegative = Self.take("-", in: text, at: &index)
    let start = index
    var whole: Int64? = 0
    while index < text.count, let digit = Self.digit(text[index]) {
      whole = whole.flatMap { Self.appending(digit, to: $0) }
      index += 1
    }
    let point = index
    guard point > start else { return nil }
    if Self.take(".", in: text, at: &index) {
      while index < text.count, Self.digit(text[index]) != nil { index += 1 }
      guard index > point + 1 else { return nil }
    }
    let end = index
    guard let exponent = Self.exponent(in: text, at: &index), index == text.count else { return nil }
    self.isNegative = isNegative
    integer = point == text.count ? whole.map { isNegative ? -$0 : $0 } : nil
    var (first, last) = (start, end)
    while first < last, !Self.counts(text[first]) { first += 1 }
    while first < last, !Self.counts(text[last - 1]) { last -= 1 }
    digits = UnsafeRawBufferPointer(rebasing: text[first..<last])
    magnitude = first == last ? 0 : point - first - (first < point ? 1 : 0) + exponent
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    (0x30...0x39).contains(byte) ? Int64(byte - 0x30) : nil
  }

  private static func counts(_ byte: UInt8) -> Bool { byte != UInt8(ascii: "0") && byte != UInt8(ascii: ".") }

  private static func take(_ byte: Unicode.Scalar, in text: UnsafeRawBufferPointer, at index: inout Int) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private static func appending(_ digit: Int64, to value: Int64) -> Int64? {
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, isSumTooLarge) = product.addingReportingOverflow(digit)
    return isTooLarge || isSumTooLarge ? nil : sum
  }

  /// The exponent that is next; 0 where none is, and nothing for one without digits.
  private static func exponent(in text: UnsafeRawBufferPointer, at index: inout Int) -> Int? {
    guard take("e", in: text, at: &index) || take("E", in: text, at: &index) else { return 0 }
    let isNegative = take("-", in: text, at: &index)
    if !isNegative { _ = take("+", in: text, at: &index) }
    let start = index
    var exponent = 0
    while index < text.count, let digit = digit(text[index]) {
      if exponent < largestExponent { exponent = exponent * 10 + Int(digit) }
      index += 1
    }
    guard index > start else { return nil }
    return isNegative ? -exponent : exponent
  }

  // MARK: Order

  static func == (left: DecimalText, right: DecimalText) -> Bool { left.order(against: right) == 0 }

  static func < (left: DecimalText, right: DecimalText) -> Bool { left.order(against: right) < 0 }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  /// Below 0 for a number that is less than the other, 0 for the same one, above 0 for a larger one.
  private func order(against other: DecimalText) -> Int {
    guard sign == other.sign else { return sign - other.sign }
    guard magnitude == other.magnitude else { return magnitude < other.magnitude ? -sign : sign }
    var (index, otherIndex) = (0, 0)
    while true {
      let digit = digits.nextDigit(from: &index)
      let otherDigit = other.digits.nextDigit(from: &otherIndex)
      guard digit != nil || otherDigit != nil else { return 0 }
      // Where digits end, as many zeros follow as are asked for.
      let difference = Int(digit ?? UInt8(ascii: "0")) - Int(otherDigit ?? UInt8(ascii: "0"))
      guard difference == 0 else { return difference * sign }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The digit at `index` or behind the point there; nothing at the end.
  fileprivate func nextDigit(from index: inout Int) -> UInt8? {
    if index < count, self[index] == UInt8(ascii: ".") { index += 1 }
    guard index < count else { return nil }
    defer { index += 1 }
    return self[index]
  }
}
