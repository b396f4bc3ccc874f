import Buffers

extension BytesBuilder {
  private static let hexDigits: StaticString = "0123456789abcdef"
  private static let base64Digits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int64) {
    if number < 0 { append(byte: UInt8(ascii: "-")) }
    append(decimal: number.magnitude)
  }

  /// Appends a number in decimal digits, eight at a time.
  mutating func append(decimal number: UInt64) {
    guard number >= 100_000_000 else { return append(decimalBelow100000000: number) }
    let (upper, lower) = number.quotientAndRemainder(dividingBy: 100_000_000)
    append(decimal: upper)
    append(size: 8) { $0.storeBytes(of: (Self.eightDigits(lower) | Self.zeros).littleEndian, as: UInt64.self) }
  }

  private mutating func append(decimalBelow100000000 number: UInt64) {
    let digits = Self.eightDigits(number)
    let leadingZeros = min(digits.trailingZeroBitCount / 8, 7)
    append(upTo: 8) { target in
      target.storeBytes(of: ((digits | Self.zeros) >> (leadingZeros * 8)).littleEndian, as: UInt64.self)
      return 8 - leadingZeros
    }
  }

  /// The character 0, eight times.
  private static var zeros: UInt64 { 0x3030_3030_3030_3030 }

  /// The eight decimal digits of a number, the first one in the lowest byte.
  ///
  /// Halves the number three times, with both parts, then all four and all eight side by side in one word; a product
  /// with a shift stands for each division.
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (pairs &- tens &* 10) << 8
  }

  /// Appends a number of at most `width` digits with zeros before it.
  mutating func append(decimal number: Int, width: Int) {
    append(size: width) { target in
      var rest = number
      var index = width
      while index > 0 {
        index -= 1
        target[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
    }
  }

  /// Appends two hexadecimal digits for each byte.
  mutating func append(hex bytes: RawSpan) {
    append(size: bytes.byteCount * 2) { target in
      for index in 0..<bytes.byteCount {
        let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
        target[index * 2] = Self.hexDigits.utf8Start[Int(byte >> 4)]
        target[index * 2 + 1] = Self.hexDigits.utf8Start[Int(byte & 15)]
      }
    }
  }

  /// Appends the bytes in base64 with padding (RFC 4648, section 4).
  mutating func append(base64 bytes: RawSpan) {
    let digits = Self.base64Digits.utf8Start
    append(size: (bytes.byteCount + 2) / 3 * 4) { target in
      var written = 0
      for start in stride(from: 0, to: bytes.byteCount, by: 3) {
        let count = min(3, bytes.byteCount - start)
        var group = 0
        for index in 0..<3 {
          group = group << 8
          if index < count { group |= Int(bytes.unsafeLoad(fromByteOffset: start + index, as: UInt8.self)) }
        }
        for index in 0..<4 {
          target[written] = index <= count ? digits[group >> (18 - 6 * index) & 63] : UInt8(ascii: "=")
          written += 1
        }
      }
    }
  }

  /// Appends a time in UTC as `2024-01-31T12:00:00.250Z`; years of more than four digits and those before 0 have a
  /// sign, as ISO 8601 has it.
  mutating func append(iso8601 milliseconds: Int64) {
    let day = milliseconds.flooredQuotient(by: 86_400_000)
    let rest = Int(milliseconds &- day &* 86_400_000)
    let date = CivilDate(daysSince1970: day)
    if date.year < 0 { append(byte: UInt8(ascii: "-")) } else if date.year > 9999 { append(byte: UInt8(ascii: "+")) }
    let year = date.year.magnitude
    if year > 9999 { append(decimal: year) } else { append(decimal: Int(year), width: 4) }
    append(byte: UInt8(ascii: "-"))
    append(decimal: date.month, width: 2)
    append(byte: UInt8(ascii: "-"))
    append(decimal: date.day, width: 2)
    append(byte: UInt8(ascii: "T"))
    append(decimal: rest / 3_600_000, width: 2)
    append(byte: UInt8(ascii: ":"))
    append(decimal: rest / 60_000 % 60, width: 2)
    append(byte: UInt8(ascii: ":"))
    append(decimal: rest / 1_000 % 60, width: 2)
    append(byte: UInt8(ascii: "."))
    append(decimal: rest % 1_000, width: 3)
    append(byte: UInt8(ascii: "Z"))
  }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
  let year: Int64
  let month: Int
  let day: Int

  /// Counts in eras of 400 years that begin in March, so that leap days come last.
  init(daysSince1970 days: Int64) {
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = Int((5 * dayOfYear + 2) / 153)
    day = Int(dayOfYear) - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
