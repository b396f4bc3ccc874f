/// Reads a number of bytes: `1048576`, `1024K`, `1MiB`, `50M`, `1MB`.
///
/// As in the tools of GNU coreutils, `K`, `M`, `G` and `KiB`, `MiB`, `GiB` count in 1024s; `kB`, `MB`, `GB` in 1000s.
package enum ByteSize {
  private static let units: [String: Int64] = [
    "": 1, "B": 1,
    "k": 1 << 10, "K": 1 << 10, "KiB": 1 << 10, "kB": 1_000, "KB": 1_000,
    "m": 1 << 20, "M": 1 << 20, "MiB": 1 << 20, "MB": 1_000_000,
    "g": 1 << 30, "G": 1 << 30, "GiB": 1 << 30, "GB": 1_000_000_000,
  ]

  /// - Throws: For anything else, and for a size outside `range`; Kafka counts sizes with 32 bits.
  package static func parse(
    _ text: String, in range: ClosedRange<Int> = 1...Int(Int32.max)
  ) throws(UsageError) -> Int {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = DecimalNumber.parse(digits), let unit = units[String(text.dropFirst(digits.count))] else {
      throw UsageError("'\(text)' is not a size", advice: "write a number of bytes, or one with K, M or G")
    }
    let (size, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    guard !isTooLarge, range.contains(Int(size)) else {
      throw UsageError(
        "size '\(text)' is out of range", advice: "from \(range.lowerBound) to \(range.upperBound) bytes")
    }
    return Int(size)
  }
}

extension BinaryInteger {
  /// The number as a size in words: `1 byte`, `2 bytes`.
  var inBytes: String { self == 1 ? "1 byte" : "\(self) bytes" }
}
