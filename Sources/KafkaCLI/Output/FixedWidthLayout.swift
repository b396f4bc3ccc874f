/// How an integer of a fixed width lies in bytes: its size, its sign, its byte order.
package struct FixedWidthLayout: Hashable, Sendable {
  let byteCount: Int
  let isSigned: Bool
  let isLittleEndian: Bool

  /// Reads `i8`, `u8`, `i16` and so on to `u64`, big-endian, or with `le` behind it little-endian.
  ///
  /// - Returns: Nothing for any other text.
  init?(name: some StringProtocol) {
    guard let sign = name.first, sign == "i" || sign == "u" else { return nil }
    isSigned = sign == "i"
    isLittleEndian = name.hasSuffix("le")
    switch name.dropFirst().dropLast(isLittleEndian ? 2 : 0) {
    case "8": byteCount = 1
    case "16": byteCount = 2
    case "32": byteCount = 4
    case "64": byteCount = 8
    default: return nil
    }
  }

  /// The name that says it in a format string.
  var name: String { "\(isSigned ? "i" : "u")\(byteCount * 8)\(isLittleEndian ? "le" : "")" }

  /// The bytes as the low bits of a number, the rest of which repeats the sign.
  ///
  /// - Precondition: There are ``byteCount`` bytes.
  func bits(of bytes: RawSpan) -> UInt64 {
    precondition(bytes.byteCount == byteCount)
    var bits: UInt64 = 0
    for index in 0..<byteCount {
      let offset = isLittleEndian ? byteCount - 1 - index : index
      bits = bits &<< 8 | UInt64(bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
    guard isSigned else { return bits }
    let unused = UInt64(64 - byteCount * 8)
    return UInt64(bitPattern: Int64(bitPattern: bits &<< unused) &>> Int64(unused))
  }
}

/// A key or value that is no integer of the width that the format says.
package struct FieldSizeError: Error, Hashable, Sendable {
  package enum Field: String, Sendable {
    case key
    case value
  }

  package let field: Field
  package let byteCount: Int
  package let layout: FixedWidthLayout

  package var message: String {
    "the \(field.rawValue) has \(byteCount) byte\(byteCount == 1 ? "" : "s"), and {\(layout.name)} takes \(layout.byteCount)"
  }
}
