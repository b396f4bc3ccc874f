import Glibc
import Testing

@testable import KafkaCLI

@Suite("Regular expressions over bytes", .timeLimit(.minutes(1)))
struct BytePatternTests {
  private static func matches(_ pattern: String, _ text: String) throws -> Bool {
    var matcher = PatternMatcher(try BytePattern(parsing: Array(pattern.utf8)))
    return Array(text.utf8).withUnsafeBytes { matcher.matches($0) }
  }

  /// What the C library says of the same.
  private static func matchesByLibrary(_ pattern: String, _ text: String) -> Bool? {
    var compiled = regex_t()
    guard regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0 else { return nil }
    defer { regfree(&compiled) }
    return regexec(&compiled, text, 0, nil, 0) == 0
  }

  @Test(
    "a pattern finds what POSIX says",
    arguments: [
      "a", "ab", "^ab", "ab$", "^ab$", "^$", "", "a*", "^a*$", "a+b", "^(a|b)+$", "a?b", "^(ab|cd)*$", "a{2}",
      "^a{2,3}$",
      "^a{2,}$", "[abc]d", "[^a]b", "^[a-c]+$", "[]]", "[^]a]", "[a-]", "[[:digit:]]+", "^[[:alpha:]_][[:alnum:]_]*$",
      "a|b|", "(a|b)(c|d)", "a.c", "\\.", "^a|b$", "(^a|^b)c", "a(b|)c", "x^a", "a$b", "(a*)*b", "(a|ab)(c|bcd)",
      "\\(a\\)",
      "^(a?){3}$", "[.]", "a{0}b", "^a{0}$", "()", "(|a)b",
    ])
  func posix(_ pattern: String) throws {
    let texts = [
      "", "a", "b", "ab", "ba", "abc", "abd", "aab", "aaa", "aaaa", "cd", "abcd", "abcdab", "a.c", "axc", "]", "-",
      "42",
      "x9", "_a1", "(a)", "ac", "bc", "cb", "x^a", "a$b", "abbcd", "aaab", ".", "a\nb", "xa", "\n",
    ]
    for text in texts {
      let expected = Self.matchesByLibrary(pattern, text)
      #expect(try Self.matches(pattern, text) == expected, "\(pattern) in \(text.debugDescription)")
    }
  }

  @Test("drawn patterns find what the C library finds", arguments: 0..<20)
  func drawn(_ seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    func pattern(_ depth: Int) -> String {
      switch draw(depth > 0 ? 8 : 3) {
      case 0: "a"
      case 1: "b"
      case 2: "[ab]"
      case 3: pattern(depth - 1) + pattern(depth - 1)
      case 4: "(" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")"
      case 5: "(" + pattern(depth - 1) + ")*"
      case 6: "(" + pattern(depth - 1) + "){1,2}"
      default: "(" + pattern(depth - 1) + ")?"
      }
    }
    for _ in 0..<50 {
      let pattern = "^" + pattern(4) + "$"
      for _ in 0..<20 {
        let text = String((0..<draw(10)).map { _ in draw(2) == 0 ? "a" : "b" })
        let expected = Self.matchesByLibrary(pattern, text)
        #expect(try Self.matches(pattern, text) == expected, "\(pattern) in \(text)")
      }
    }
  }

  @Test(
    "classes of letters beside POSIX's",
    arguments: [
      ("^\\d+$", "42", true), ("\\D", "42", false), ("\\s", "a b", true), ("^\\S+$", "a b", false),
      ("^\\w+$", "a_1", true),
      ("\\W", "a_1", false), ("\\x41", "A", true), ("\\t", "a\tb", true),
    ])
  func classes(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Self.matches(pattern, text) == expected)
  }

  @Test(
    "time is linear and memory bounded where backtracking explodes",
    arguments: ["^(a*)*$", "(a|a)*b", "(a|b)*a(a|b){14}c", "(a?){60}a{60}b"])
  func linear(_ pattern: String) throws {
    var matcher = PatternMatcher(try BytePattern(parsing: Array(pattern.utf8)))
    var text = [UInt8](repeating: 0x61, count: 20_000)
    for index in stride(from: 0, to: text.count, by: 7) where index % 3 == 0 { text[index] = 0x62 }
    let found = text.withUnsafeBytes { matcher.matches($0) }
    #expect(found == (pattern == "(a|a)*b"))
  }
}
