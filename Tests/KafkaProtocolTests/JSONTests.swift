import Buffers
import KafkaProtocol
import Testing

@Suite("JSON")
struct JSONTests {
  @Test(
    "values are printed as they were written",
    arguments: [
      "null", "true", "[]", "{}", "[1,-2,[3]]", "{\"b\":1,\"a\":{\"c\":null}}", "9223372036854775807",
      "-9223372036854775808", "-0.0", "1.5", "\"a\\\"b\\\\c\\n\\u0001\"", "\"\u{65}\u{301}\u{E9}\"",
    ])
  func roundTrip(text: String) throws {
    #expect(try JSONParser.parse(Bytes(utf8: text)).description.utf8.elementsEqual(text.utf8))
  }

  @Test(
    "what is no JSON is refused where it stops being it",
    arguments: [
      ("", 0), ("nul", 0), ("[1,]", 3), ("{\"a\" 1}", 5), ("[1 2]", 3), ("01", 1), ("-", 1), ("1.", 2), ("1e", 2),
      ("\"a", 2), ("\"\\x\"", 2), ("\"\\uD800\"", 3), ("\"\\uDC00\"", 3), ("\"\n\"", 1), ("1e999", 0), ("{1:2}", 1),
    ])
  func refusals(text: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Bytes(utf8: text)) }
    #expect(error?.offset == offset)
  }

  @Test("escapes stand for their characters, pairs of them for those beyond 65535")
  func escapes() throws {
    let value = try JSONParser.parse(Bytes(utf8: #""\u00e9\ud83d\ude00\/\b\f\r\t""#))
    #expect(value == .string("\u{E9}\u{1F600}/\u{8}\u{C}\r\t"))
  }

  @Test(
    "text that is not UTF-8 is refused", arguments: [[0x22, 0xFF, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22]] as [[UInt8]])
  func invalidText(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONParser.parse(Bytes(copying: bytes)) }
  }

  @Test("nesting is bounded", arguments: [(JSONParser.maximumDepth, true), (JSONParser.maximumDepth + 1, false)])
  func depth(depth: Int, isAllowed: Bool) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let value = try? JSONParser.parse(Bytes(utf8: text))
    #expect((value != nil) == isAllowed)
  }

  @Test("integers too large for 64 bits become numbers")
  func largeIntegers() throws {
    #expect(try JSONParser.parse(Bytes(utf8: "9223372036854775808")) == .number(9223372036854775808))
  }

  @Test("texts are compared by their bytes")
  func comparison() {
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    #expect(JSONValue.number(0) != .number(-0.0))
  }

  @Test("control characters of both blocks are written as escapes")
  func controls() {
    let text = JSONValue.string("a\0\u{1B}\u{7F}\u{9B}\u{A0}é\t\"\\").description
    #expect(text == #""a\u0000\u001b\u007f\u009b"# + "\u{A0}é" + #"\t\"\\""#)
  }
}
