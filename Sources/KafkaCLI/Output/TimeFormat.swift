import Buffers
import Glibc

/// How times are written in the local time zone: the conversions of strftime(3), and `%3N` for milliseconds.
package struct TimeFormat: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    /// Conversions and text for strftime, with the NUL behind them, and the most bytes that they become.
    case strftime([CChar], limit: Int)
    case milliseconds
  }

  /// What the C locale knows; those that only say how numbers are padded are left out.
  private static let conversions = Set("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%".utf8)
  /// More bytes than any conversion becomes in the C locale: `%c` with the years that 64 bits of milliseconds reach.
  private static let conversionLimit = 64

  private var parts: [Part] = []

  /// - Throws: For a conversion that there is not; the error has no place.
  init(_ text: [UInt8]) throws(UsageError) {
    var literal: [UInt8] = []
    var limit = 1
    var index = 0
    while index < text.count {
      let rest = text[index...]
      if rest.starts(with: Array("%3N".utf8)) {
        append(literal, limit)
        (literal, limit) = ([], 1)
        parts.append(.milliseconds)
        index += 3
      } else if text[index] == UInt8(ascii: "%") {
        guard index + 1 < text.count, Self.conversions.contains(text[index + 1]) else {
          let shown = String(decoding: rest.prefix(2), as: UTF8.self)
          throw UsageError(
            "unknown conversion '\(shown)' in a time",
            advice: "the conversions are those of strftime, such as %Y-%m-%d %H:%M:%S, and %3N for milliseconds")
        }
        literal += rest.prefix(2)
        limit += Self.conversionLimit
        index += 2
      } else {
        literal.append(text[index])
        limit += 1
        index += 1
      }
    }
    append(literal, limit)
  }

  private mutating func append(_ literal: [UInt8], _ limit: Int) {
    guard !literal.isEmpty else { return }
    parts.append(.strftime(literal.map(CChar.init(bitPattern:)) + [0], limit: limit))
  }

  /// Appends a time, given in milliseconds since 1970-01-01 UTC. Allocates nothing.
  func append(_ milliseconds: Int64, to output: inout BytesBuilder) {
    var (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    if rest < 0 { (seconds, rest) = (seconds - 1, rest + 1000) }
    var time = time_t(seconds)
    var fields = tm()
    // Fails where a year does not fit, which 64 bits of milliseconds do not reach.
    guard localtime_r(&time, &fields) != nil else { return }
    let parts = parts.span
    for index in parts.indices {
      switch parts[index] {
      case .milliseconds: output.append(decimal: Int(rest), width: 3)
      case .strftime(let format, let limit):
        output.append(upTo: limit) { target in
          guard let start = target.baseAddress else { return 0 }
          return strftime(start.assumingMemoryBound(to: CChar.self), target.count, format, &fields)
        }
      }
    }
  }
}
