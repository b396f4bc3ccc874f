/// A number in a filter or in a record. Whole numbers of up to 64 bits are exact.
enum FilterNumber: Equatable, Sendable {
  case integer(Int64)
  case decimal(Double)

  /// Reads a decimal number with an optional sign, fraction and exponent, which has to be all there is.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    let first = index
    var value: Int64? = 0
    while index < bytes.count, let digit = Self.digit(bytes[index]) {
      value = value.flatMap { Self.appending(digit, to: $0) }
      index += 1
    }
    guard index > first else { return nil }
    if index == bytes.count, let value {
      self = .integer(isNegative ? -value : value)
      return
    }
    guard Self.isFractionAndExponent(bytes, from: index),
      let decimal = Double(String(decoding: bytes, as: UTF8.self)), decimal.isFinite
    else { return nil }
    self = .decimal(decimal)
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    (0x30...0x39).contains(byte) ? Int64(byte - 0x30) : nil
  }

  private static func appending(_ digit: Int64, to value: Int64) -> Int64? {
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, isSumTooLarge) = product.addingReportingOverflow(digit)
    return isTooLarge || isSumTooLarge ? nil : sum
  }

  private static func isFractionAndExponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var index = start
    func skipDigits() -> Bool {
      let first = index
      while index < bytes.count, digit(bytes[index]) != nil { index += 1 }
      return index > first
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() else { return false }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() else { return false }
    }
    return index == bytes.count
  }

  /// Whether `self` compares with `other` as asked.
  func holds(_ comparison: FilterComparison, _ other: FilterNumber) -> Bool {
    if case .integer(let left) = self, case .integer(let right) = other { return comparison.holds(left, right) }
    return comparison.holds(double, other.double)
  }

  private var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let value): value
    }
  }
}
