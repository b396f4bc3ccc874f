import Buffers

extension Bytes {
  /// Parses hexadecimal digits, two a byte.
  init(hex: String) {
    func digit(_ character: UInt8) -> UInt8 {
      character <= UInt8(ascii: "9") ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hex.utf8.count / 2)
    var high: UInt8?
    for character in hex.utf8 {
      if let first = high {
        bytes.append(first << 4 | digit(character))
        high = nil
      } else {
        high = digit(character)
      }
    }
    self.init(copying: bytes)
  }
}
