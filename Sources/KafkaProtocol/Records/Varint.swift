/// Signed numbers of variable length as record batches have them: zigzag, seven bits a byte, lowest first.
enum Varint {
  /// The number of bytes of a number of 64 bits.
  static let maximumSize = 10

  @inline(__always)
  static func zigZag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }

  /// The number of bytes of `value` when written.
  @inline(__always)
  static func size(_ value: Int64) -> Int {
    let bits = 64 - (zigZag(value) | 1).leadingZeroBitCount
    return (bits + 6) / 7
  }

  /// Writes `value` at `target` and moves `target` behind it.
  @inline(__always)
  static func write(_ value: Int64, to target: inout UnsafeMutableRawPointer) {
    var rest = zigZag(value)
    while rest > 127 {
      target.storeBytes(of: UInt8(truncatingIfNeeded: rest | 128), as: UInt8.self)
      target += 1
      rest >>= 7
    }
    target.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
    target += 1
  }
}
