/// What a JSON value is, without what it holds.
enum JSONKind {
  case string, number, object, array, true_, false_, null

  /// - Returns: Nothing for a byte with which no value begins.
  init?(firstByte: UInt8) {
    switch firstByte {
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "t"): self = .true_
    case UInt8(ascii: "f"): self = .false_
    case UInt8(ascii: "n"): self = .null
    case UInt8(ascii: "-"), 0x30...0x39: self = .number
    default: return nil
    }
  }
}
