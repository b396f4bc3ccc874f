import Testing

@testable import KafkaCLI

@Suite("Properties files")
struct PropertiesFileTests {
  private func entries(_ text: String) throws(UsageError) -> [String] {
    try PropertiesFile(name: "f", contents: Array(text.utf8)).entries.map { "\($0.line) \($0.key)=\($0.value)" }
  }

  @Test(
    "keys and values are told apart as Java and librdkafka do",
    arguments: [
      ("a=b", ["1 a=b"]), ("a = b", ["1 a=b"]), ("a: b", ["1 a=b"]), ("a b", ["1 a=b"]), ("a\tb c", ["1 a=b c"]),
      ("  a=b  ", ["1 a=b"]), ("a==b", ["1 a==b"]), ("a", ["1 a="]), ("a=", ["1 a="]), (#"a\=b=c"#, ["1 a=b=c"]),
      (#"a\ b = c"#, ["1 a b=c"]), (#"a=\ b\ "#, ["1 a= b "]), ("# c\n! d\n\n \t\na=1", ["5 a=1"]),
      ("a=1\r\nb=2\rc=3", ["1 a=1", "2 b=2", "3 c=3"]), ("a=1#2", ["1 a=1#2"]), (#"a=x\ty\u00e9\\"#, ["1 a=x\tyé\\"]),
      (#"a=\uD83D\uDE00"#, ["1 a=😀"]), ("\u{FEFF}a=b", ["1 a=b"]), ("a=é", ["1 a=é"]), (#"a=\q"#, ["1 a=q"]),
      ("a=b,\\\n   c\\\n  #d\ne=f", ["1 a=b,c#d", "4 e=f"]), ("a=b\\\\\nc=d", [#"1 a=b\"#, "2 c=d"]),
      ("a=b\\", ["1 a=b"]), (#"a=\\\"# + "\n\\\nb", [#"1 a=\b"#]), ("# no\\\na=b", ["2 a=b"]),
    ])
  func forms(text: String, expected: [String]) throws {
    #expect(try entries(text) == expected)
  }

  @Test("sections hold what follows them")
  func sections() throws {
    let text = "a=1\n[profile one]\na=2\n  [ profile   ]\n"
    #expect(throws: UsageError.self) { try PropertiesFile(name: "f", contents: Array(text.utf8)) }
    let file = try PropertiesFile(
      name: "f", contents: Array("a=1\n[profile one]\na=2\n[profile  two three ] \nb=3\n[profile one]\nc=4".utf8))
    #expect(file.profiles == ["one", "two three"])
    #expect(file.entries.map(\.profile) == [nil, "one", "two three", "one"])
  }

  @Test(
    "what is wrong is named with its line",
    arguments: [
      ("a=1\nb=\\u12", #"f:2: \u needs four hexadecimal digits"#),
      ("a=\\uD83D", #"f:1: \u stands for no character; write four hexadecimal digits of UTF-16"#),
      ("a=\\u0000", #"f:1: \u stands for no character; write four hexadecimal digits of UTF-16"#),
      ("\na=\u{0}", "f:2: this is no text; a byte has the value 0"),
      ("[other]", "f:1: a section is written [profile NAME]"),
      ("[profile]", "f:1: the profile has no name; write [profile NAME]"),
      ("[profile x", "f:1: a section is written [profile NAME]"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: UsageError.self) { try entries(text) }
    #expect(error?.message == message)
  }

  @Test("bytes that are not UTF-8 and lines without an end are refused")
  func hostile() {
    #expect(throws: UsageError.self) { try PropertiesFile(name: "f", contents: [0x61, 0x3D, 0xC3, 0x28]) }
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: (64 << 10) + 1)
    #expect(throws: UsageError.self) { try PropertiesFile(name: "f", contents: long) }
    let joined = Array(String(repeating: "aaaaaaa\\\n", count: 10_000).utf8)
    #expect(throws: UsageError.self) { try PropertiesFile(name: "f", contents: joined) }
  }

  @Test("random bytes give entries or an error, and nothing worse", arguments: 0..<40)
  func random(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    // Bytes that mean something are frequent, so that the rules are met and not only the check for text.
    let frequent = Array("\\u=: \n\r\t#!d8[]profile0aF".utf8)
    for _ in 0..<200 {
      let contents = (0..<next() % 60).map { _ in
        next() % 8 == 0 ? UInt8(truncatingIfNeeded: next()) : frequent[Int(next() % UInt64(frequent.count))]
      }
      do throws(UsageError) {
        let file = try PropertiesFile(name: "f", contents: contents)
        #expect(file.entries.allSatisfy { $0.line >= 1 && $0.line <= contents.count + 1 })
      } catch {
        #expect(error.message.hasPrefix("f:"))
      }
    }
  }
}
