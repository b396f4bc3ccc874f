/// Base64 in one of its two alphabets (RFC 4648, sections 4 and 5).
package struct Base64: Sendable {
  /// `+` and `/`, padded with `=`.
  package static let standard = Base64(last: "+/", isPadded: true)
  /// `-` and `_`, without padding.
  package static let urlSafe = Base64(last: "-_", isPadded: false)

  private let alphabet: [UInt8]
  /// The value of each ASCII character, or `invalid`.
  private let values: [UInt8]
  private let isPadded: Bool

  private static let invalid: UInt8 = 0xFF
  private static let padding = UInt8(ascii: "=")

  private init(last: String, isPadded: Bool) {
    alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + Array(last.utf8)
    var values = [UInt8](repeating: Self.invalid, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    self.values = values
    self.isPadded = isPadded
  }

  package func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      var group: UInt32 = 0
      for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[index + offset]) : 0) }
      for digit in 0...count { text.append(alphabet[Int(group >> UInt32(18 - 6 * digit)) & 0x3F]) }
      if isPadded { for _ in count..<3 { text.append(Self.padding) } }
      index += count
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes `text`, which must have the padding that the alphabet calls for and no bits set beyond the last byte.
  package func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if isPadded {
      guard digits.count % 4 == 0 else { return nil }
      for _ in 0..<2 where digits.last == Self.padding { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3 + 2)
    var group: UInt32 = 0
    var bitCount: UInt32 = 0
    for digit in digits {
      let value = values[Int(digit)]
      guard value != Self.invalid else { return nil }
      group = group << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> bitCount))
        group &= (1 << bitCount) - 1
      }
    }
    return group == 0 ? bytes : nil
  }
}
