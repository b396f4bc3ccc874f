import Buffers

/// Makes the text that benchmarks work on: words of small letters, the same in every run.
struct SampleText {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number in `range`.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Words of 3 to 9 letters with blanks between them, `count` bytes in all.
  mutating func words(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count {
      for _ in 0..<number(in: 3...9) { text.append(UInt8(number(in: 0x61...0x7A))) }
      text.append(0x20)
    }
    return Array(text.prefix(count))
  }

  /// Bytes that are no text.
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

  /// A text with characters that JSON escapes, and some beyond ASCII.
  mutating func textWithEscapes(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count { text += words(20) + Array("\"ř\"\n".utf8) }
    return text
  }

  /// A JSON object as services log them, of about `count` bytes.
  mutating func json(_ count: Int) -> [UInt8] {
    let head = #"{"level":"info","status":\#(number(in: 200...599)),"user":{"id":\#(number(in: 1...99_999))},"text":""#
    return Array(head.utf8) + words(max(count - head.utf8.count - 2, 1)) + Array("\"}".utf8)
  }
}
