#if canImport(Glibc)
  import Glibc
#endif

/// Points in time as people write them, turned into milliseconds since 1970-01-01 UTC.
package enum TimeArgument {
  /// Reads milliseconds since 1970-01-01 UTC, or an ISO 8601 date with or without a time: `2024-01-31`,
  /// `2024-01-31T12:00`, `2024-01-31T12:00:00.250Z`, `2024-01-31 12:00:00+02:00`.
  ///
  /// A date without a time is its first moment; without `Z` or an offset the time is local. A year of more than four
  /// digits has a sign: `+10000-01-01`.
  ///
  /// - Throws: For anything else, for days and times that do not exist, and for times before 1970.
  package static func milliseconds(_ text: String) throws(UsageError) -> Int64 {
    if let milliseconds = DecimalNumber.parse(text) { return milliseconds }
    guard let milliseconds = milliseconds(ofDate: text.utf8.span.bytes) else {
      throw UsageError(
        "'\(text)' is not a time", advice: "write milliseconds since 1970, or a date like 2024-01-31T12:00:00Z")
    }
    guard milliseconds >= 0 else {
      throw UsageError("'\(text)' is before 1970", advice: "Kafka has no times before that")
    }
    return milliseconds
  }

  /// Reads an ISO 8601 date with or without a time, as ``milliseconds(_:)`` does.
  ///
  /// - Returns: Nothing for any other text, and for a time that 64 bits of milliseconds do not reach; a negative number
  ///   for times before 1970.
  /// - Complexity: O(*n*); allocates nothing.
  static func milliseconds(ofDate text: RawSpan) -> Int64? {
    text.withUnsafeBytes { bytes in
      var fields = DateFields(bytes)
      return fields.read() ? fields.milliseconds : nil
    }
  }
}

/// The parts of an ISO 8601 date and time, read from left to right.
private struct DateFields {
  private let text: UnsafeRawBufferPointer
  private var position = 0
  private var year = 0
  private var month = 0
  private var day = 0
  private var hour = 0
  private var minute = 0
  private var second = 0
  private var millisecond = 0
  /// The distance from UTC; nothing means local time.
  private var offsetMinutes: Int?

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  private var isAtEnd: Bool { position == text.count }

  /// - Returns: Whether the text was a date and time that exist.
  mutating func read() -> Bool {
    guard let year = readYear(), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
      (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
    else { return false }
    (self.year, self.month, self.day) = (year, month, day)
    if isAtEnd { return true }
    guard skip("T") || skip("t") || skip(" "), let hour = digits(2), skip(":"), let minute = digits(2),
      hour < 24, minute < 60
    else { return false }
    (self.hour, self.minute) = (hour, minute)
    if skip(":") {
      guard let second = digits(2), second < 60 else { return false }
      self.second = second
      if skip(".") || skip(",") {
        guard let fraction = fraction() else { return false }
        millisecond = fraction
      }
    }
    return readZone() && isAtEnd
  }

  /// Reads a year of four digits, or with a sign one of up to nine, which are as many as any time has that fits.
  private mutating func readYear() -> Int? {
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard var year = digits(4) else { return nil }
    guard sign != 0 else { return year }
    for _ in 0..<5 {
      guard let digit = digit() else { break }
      year = year * 10 + digit
    }
    return sign < 0 && year == 0 ? nil : sign * year
  }

  private mutating func readZone() -> Bool {
    if isAtEnd { return true }
    if skip("Z") || skip("z") {
      offsetMinutes = 0
      return true
    }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = digits(2) else { return false }
    let hasColon = skip(":")
    let minutes = isAtEnd && !hasColon ? 0 : digits(2)
    guard let minutes, hours < 24, minutes < 60 else { return false }
    offsetMinutes = sign * (hours * 60 + minutes)
    return true
  }

  /// The time; nothing when 64 bits of milliseconds do not reach it.
  var milliseconds: Int64? {
    let seconds: Int64
    if let offsetMinutes {
      seconds = Int64(
        Self.daysSince1970(year, month, day) * 86_400 + (hour * 60 + minute - offsetMinutes) * 60 + second)
    } else {
      var local = tm()
      local.tm_year = Int32(year - 1900)
      local.tm_mon = Int32(month - 1)
      local.tm_mday = Int32(day)
      local.tm_hour = Int32(hour)
      local.tm_min = Int32(minute)
      local.tm_sec = Int32(second)
      local.tm_isdst = -1
      seconds = Int64(mktime(&local))
    }
    return Int64(exactly: Int128(seconds) * 1_000 + Int128(millisecond))
  }

  private mutating func digits(_ count: Int) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  private mutating func digit() -> Int? {
    guard !isAtEnd, (0x30...0x39).contains(text[position]) else { return nil }
    defer { position += 1 }
    return Int(text[position]) - 0x30
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// The milliseconds of one to nine decimal places; further ones than three are dropped.
  private mutating func fraction() -> Int? {
    var milliseconds = 0
    var weight = 100
    var count = 0
    while let digit = digit() {
      milliseconds += digit * weight
      weight /= 10
      count += 1
    }
    return (1...9).contains(count) ? milliseconds : nil
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days of the proleptic Gregorian calendar, counted in years that begin in March so that leap days come last.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // In eras of 400 years, of which those before year 0 are counted downwards.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
