/// A 128-bit identifier, such as a topic's (KIP-516).
package struct UUID128: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// All bits zero: how the protocol says that there is none.
  package static let zero = UUID128(high: 0, low: 0)

  package var isZero: Bool { high == 0 && low == 0 }
}

extension UUID128: CustomStringConvertible {
  /// Parses 22 characters of URL-safe base64 without padding, as Kafka's tools print identifiers.
  package init?(text: String) {
    guard let bytes = Base64.urlSafe.decode(text), bytes.count == 16 else { return nil }
    func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: half(bytes[..<8]), low: half(bytes[8...]))
  }

  package var description: String {
    var bytes: [UInt8] = []
    for half in [high, low] {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: half >> shift)) }
    }
    return Base64.urlSafe.encode(bytes)
  }
}
