import Testing

@testable import KafkaCLI

@Suite("A cursor in JSON", .timeLimit(.minutes(1)))
struct JSONCursorTests {
  private static let text = JSONLimits(depth: 2, requiresText: true, digits: 3, exponentDigits: 2)
  private static let bytes = JSONLimits(depth: 128, requiresText: false)

  /// Where a cursor stands behind a value, or before what it finds wrong.
  private struct Stop: Equatable {
    let position: Int
    let fault: JSONFault?

    init(_ position: Int, _ fault: JSONFault?) {
      self.position = position
      self.fault = fault
    }
  }

  private func skip(_ text: [UInt8], _ limits: JSONLimits) -> Stop {
    text.withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes, limits: limits)
      let isValue = cursor.skipValue()
      return Stop(cursor.position, isValue ? nil : cursor.fault)
    }
  }

  @Test("what ends a plain stretch of a string is found at each place of a word", arguments: 0..<20)
  func words(count: Int) {
    let plain = Array(repeating: UInt8(ascii: "x"), count: count)
    let rest = Array("\u{7F}!#[]\\\"yyyyyyyyyyyyyyyy\"z".utf8)
    #expect(skip([0x22] + plain + [0x22] + rest, Self.text) == Stop(count + 2, nil))
    #expect(skip([0x22] + plain + rest, Self.text) == Stop(count + rest.count, nil))
    #expect(skip([0x22] + plain + [0x1F] + rest, Self.bytes) == Stop(count + 1, .controlCharacter))
    #expect(skip([0x22] + plain + [0xFF] + rest, Self.text) == Stop(count + 1, .notUTF8))
    #expect(skip([0x22] + plain + [0xFF] + rest, Self.bytes) == Stop(count + 1 + rest.count, nil))
    #expect(skip([0x22] + plain, Self.text) == Stop(count + 1, .noEndOfString))
  }

  @Test(
    "a fault is told at its place",
    arguments: [
      ("", 0, JSONFault.endsTooEarly), (" 1", 0, .noValue), ("[1,]", 3, .noValue), ("[1 2]", 3, .noEndOfArray),
      (#"{"a":1"#, 6, .noEndOfObject), (#"{"a" 1}"#, 5, .noColon), ("{1:1}", 1, .noName), ("[[[]]]", 2, .tooDeep),
      ("1234", 4, .tooManyDigits), ("1.1234", 6, .tooManyDigits), ("1e123", 5, .tooManyDigits), ("tru", 0, .noValue),
      (#""a\x""#, 2, .unknownEscape), (#""\u12g4""#, 5, .noCodeUnit), (#""a\ud83d\u0041""#, 2, .halfOfPair),
    ])
  func faults(text: String, position: Int, fault: JSONFault) {
    #expect(skip(Array(text.utf8), Self.text) == Stop(position, fault))
  }

  @Test("arrays and objects are told apart as deep as the limit goes")
  func depth() {
    let nested = String(repeating: #"[{"a":"#, count: 64)
    let ends = String(repeating: "}]", count: 64)
    #expect(skip(Array("\(nested)1\(ends)".utf8), Self.bytes) == Stop(nested.utf8.count + 1 + ends.utf8.count, nil))
    #expect(skip(Array("\(nested)1\(ends.dropLast())}".utf8), Self.bytes).fault == .noEndOfArray)
    #expect(skip(Array("\(nested)[]\(ends)".utf8), Self.bytes) == Stop(nested.utf8.count, .tooDeep))
  }

  @Test(
    "an escape is a character, and half a pair is one only where bytes need not be text",
    arguments: [
      (#"\n"#, "\n", 2), (#"\u0041"#, "A", 6), (#"\ud83d\ude00"#, "😀", 12), (#"\ud83d\ud83d"#, nil, 6),
      (#"\ude00"#, nil, 6), (#"\ud83d"#, nil, 6),
    ] as [(String, Unicode.Scalar?, Int)])
  func escapes(text: String, character: Unicode.Scalar?, end: Int) {
    Array(text.utf8).withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes, limits: Self.bytes)
      #expect(cursor.takeEscape() == character ?? "\u{FFFD}")
      #expect(cursor.position == end)
      cursor = JSONCursor(bytes, limits: Self.text)
      #expect(cursor.takeEscape() == character)
    }
  }
}
