/// Eight bytes of text that is or becomes JSON, looked at together.
struct JSONWord {
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The bytes, the first one lowest.
  private let word: UInt64

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A word of which the lowest high bit tells the first byte that does not stand for itself in a string: a quote, a
  /// backslash, a control character below 0x20, or what is not ASCII.
  ///
  /// A byte that is looked for borrows from its high bit, and perhaps from the bytes behind it: the first is true.
  @inline(__always)
  var special: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = (word ^ (ones &* 0x22)) &- ones
    let backslashes = (word ^ (ones &* 0x5C)) &- ones
    return word | (word &- ones &* 0x20) | quotes | backslashes
  }

  /// A word with a high bit for each byte of 0x7F, and for bytes above.
  @inline(__always)
  var deletes: UInt64 { word &+ 0x0101_0101_0101_0101 }
}
