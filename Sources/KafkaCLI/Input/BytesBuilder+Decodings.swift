import Buffers
import Glibc

extension BytesBuilder {
  /// Appends the bytes that pairs of hexadecimal digits say.
  ///
  /// - Returns: Whether the text was that; otherwise a part of it may have been appended.
  mutating func append(decodingHex text: RawSpan) -> Bool {
    guard text.byteCount.isMultiple(of: 2) else { return false }
    let count = text.byteCount / 2
    var isHex = true
    append(upTo: count) { target in
      for index in 0..<count {
        guard let high = ByteEscapes.hexDigit(text.unsafeLoad(fromByteOffset: index * 2, as: UInt8.self)),
          let low = ByteEscapes.hexDigit(text.unsafeLoad(fromByteOffset: index * 2 + 1, as: UInt8.self))
        else {
          isHex = false
          return index
        }
        target[index] = high << 4 | low
      }
      return count
    }
    return isHex
  }

  /// Appends the bytes that base64 with padding says.
  ///
  /// - Returns: Whether the text was that; otherwise a part of it may have been appended.
  mutating func append(decodingBase64 text: RawSpan) -> Bool {
    var decoder = Base64Decoder()
    for index in 0..<text.byteCount {
      guard decoder.take(text.unsafeLoad(fromByteOffset: index, as: UInt8.self), to: &self) else { return false }
    }
    return decoder.isComplete
  }

  /// Appends a decimal number as an integer of a fixed width.
  ///
  /// - Returns: Whether the text was a number that has the width.
  mutating func append(decimal text: RawSpan, as layout: FixedWidthLayout) -> Bool {
    guard let number = DecimalBytes(text) else { return false }
    let bits: UInt64
    let unused = 64 - layout.byteCount * 8
    if layout.isSigned {
      guard let signed = number.signed, (signed << unused) >> unused == signed else { return false }
      bits = UInt64(bitPattern: signed)
    } else {
      guard let unsigned = number.unsigned, (unsigned << unused) >> unused == unsigned else { return false }
      bits = unsigned
    }
    for index in 0..<layout.byteCount {
      let place = layout.isLittleEndian ? index : layout.byteCount - 1 - index
      append(byte: UInt8(truncatingIfNeeded: bits >> UInt64(place * 8)))
    }
    return true
  }
}

extension RawSpan {
  /// The offset of the first byte that is this one.
  func firstOffset(of byte: UInt8) -> Int? {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }
}
