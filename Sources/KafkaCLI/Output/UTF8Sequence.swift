/// Tells UTF-8 from other bytes, as table 3-7 of the Unicode Standard defines it.
enum UTF8Sequence {
  /// The number of bytes of the well-formed sequence that begins at `index`; nothing when there is none.
  static func length(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for offset in 2..<max(length, 2) where !(0x80...0xBF).contains(bytes[index + offset]) { return nil }
    return length
  }

  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      guard let length = length(in: bytes, at: index) else { return false }
      index += length
    }
    return true
  }

  /// Whether the sequence of two bytes at `index` is one of the control characters U+0080 to U+009F.
  static func isControl(in bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
    bytes[index] == 0xC2 && bytes[index + 1] < 0xA0
  }
}
