import Buffers
import KafkaProtocol
import Testing

@testable import KafkaCLI

@Suite("Filters")
struct FilterTests {
  private static let json =
    #"{"Id":"TAG123","Idx":1400,"n":"42","items":[{"sku":"x-0"},{"sku":"x-1"}],"#
    + #""half":0.5,"yes":true,"none":null,"a.b":{"c d":"e"},"esc":"tab\there \u00e9 \"q\"","big":9007199254740993}"#

  private static func matches(_ expressions: [String], _ record: SampleRecord, partition: Int32 = 3) throws -> Bool {
    let filter = try RecordFilter(parsing: expressions.map { Array($0.utf8) }).resolved(now: 1_700_000_000_000)
    var matcher = FilterMatcher(filter)
    let batch = try record.batch()
    var records = batch.records
    guard let view = try records.next() else { return false }
    return matcher.matches(view, topic: Bytes(utf8: "orders"), partition: partition)
  }

  private static var sample: SampleRecord {
    var record = SampleRecord(
      key: "abc", value: json,
      headers: [("trace", [0x31]), ("x-id.a", nil), ("two words", Array("w".utf8)), ("trace", [0x32])])
    record.timestamp = 1_700_000_000_000 - 1_800_000
    return record
  }

  @Test(
    "an expression holds for the sample",
    arguments: [
      "key=abc", "key==abc", "key = abc", "!key=abd", "key!=abd", "not key=abd", "key", "value", "key*=b", "key*=\"\"",
      "value~'^\\{\"Id'", "value*=TAG", "\"TAG123\"", "'TAG123'", "\"abc\"", "value.Id=TAG123 and value.Idx>=1400",
      "value.items[].sku=\"x-1\"", "value.items[0].sku=x-0", "!value.items[2]", "value.items[1].sku!=x-0",
      "value.items[].sku~^x-.$", "header.trace=1", "header.trace=2", "header.trace", "!header.nosuch",
      "header.nosuch!=1", "header.x-id.a", "header.x-id.a=null", "header.\"two words\"=w", "value!=null",
      "timestamp>=-1h and (partition=3 or partition=5)", "timestamp<-1s", "timestamp>=@0", "timestamp>2023-11-14",
      "value.n=42", "value.n=\"42\"", "value.Idx=1400", "value.Idx=1400.0", "value.Idx<1.5e3", "value.Idx!=\"1400\"",
      "value.half<=0.5", "value.yes=true", "value.yes!=\"true\"", "value.none=null", "value.none", "!value.nosuch",
      "value.nosuch!=1", "!value.nosuch<1", "!value.nosuch>=1", "value.\"a.b\".\"c d\"=e", "value.\"a.b\"*=\"c d\"",
      "value.esc=\"tab\\there \u{e9} \\\"q\\\"\"", "value.esc~'tab.here'", "value.big=9007199254740993",
      "value.big>9007199254740992", "topic=orders", "topic~^ord", "topic!=other", "topic*=rder", "partition=3",
      "partition<4", "partition!=5", "offset=0", "offset<=0", "size>10", "size!=1",
      "key=x or key=y or key=abc", "key=x || key=abc && value", "(key=abc)", "((key=abc))", "!(key=x)",
      "not(key=x)and(key=abc)", "key=abc&&key=abc or key", "value.items", "value.items*=sku", "key<5 or key",
    ])
  func holds(_ expression: String) throws {
    #expect(try Self.matches([expression], Self.sample))
  }

  @Test(
    "an expression does not hold for the sample",
    arguments: [
      "key=ABC", "key=ab", "key!=abc", "key!~b", "\"nowhere\"", "value.Id=tag123", "value.Idx=\"1400\"",
      "value.Idx>1400",
      "value.items.sku=x-1", "value.items[2].sku=x-1", "value.Id.more", "value[0]", "value[]", "value.items[].nosuch",
      "header.trace=3", "header.nosuch", "header.TRACE", "value=null", "value=\"null\"", "value.none=\"null\"",
      "value.none!=null", "value.nosuch=null", "value.nosuch", "value.nosuch<1", "value.nosuch>=0", "value.nosuch=1",
      "value.Id<5", "value.yes=\"true\"", "value.esc=tab", "key.a", "key.a=1", "timestamp>-1s",
      "timestamp<-1h", "partition=4", "offset>0", "size<5", "topic=order", "key=abc and key=x",
      "key=x or key=y and key=abc", "not key", "value.big=9007199254740992", "key>=1", "header.x-id.a=1",
    ])
  func fails(_ expression: String) throws {
    #expect(try !Self.matches([expression], Self.sample))
  }

  @Test(
    "numbers of any size compare exactly",
    arguments: [
      ("18446744073709551615", "=18446744073709551615", true), ("18446744073709551614", "=18446744073709551615", false),
      ("18446744073709551615", ">18446744073709551614", true), ("9223372036854775808", "=9223372036854775807", false),
      ("9223372036854775808", ">9223372036854775807", true), ("-9223372036854775809", "<-9223372036854775808", true),
      ("9223372036854775807.5", ">9223372036854775807", true), ("9223372036854775807.0", "=9223372036854775807", true),
      ("0.1000000000000000000001", "=0.1", false), ("0.1000000000000000000001", ">0.1", true),
      ("0.10", "=0.1", true), ("1e2", "=100", true), ("100", "=1.00E+2", true), ("0.001", "=1e-3", true),
      ("12.5e-1", "=1.25", true), ("-0.0", "=0", true), ("0", "=-0e7", true), ("-1.5", "<-1.25", true),
      ("-1.5", "<1", true), ("1.5", ">-1", true), ("0.5", ">0", true), ("-0.5", "<0", true), ("10", ">9.9", true),
      ("1e400", ">1e399", true), ("1e400", "=1e400", true), ("-1e400", "<-1e399", true), ("1e-400", ">0", true),
      ("1e99999999999999999999", ">1e400", true), ("1e-99999999999999999999", "<1e-400", true),
      ("0e99999999999999999999", "=0", true), ("1e99999999999999999999", "<0.5", false),
      ("00012", "=12", true), ("0.00012", "<0.0012", true), ("123.456", "<=123.456", true), ("3", ">=3.0", true),
    ])
  func exactNumbers(_ number: String, _ condition: String, _ holds: Bool) throws {
    // A key is compared as a text of digits; in JSON a number has no zeros in front.
    if condition.first != "=" { #expect(try Self.matches(["key\(condition)"], SampleRecord(key: number)) == holds) }
    guard !number.hasPrefix("00") else { return }
    let record = SampleRecord(value: #"{"b":\#(number)}"#)
    #expect(try Self.matches(["value.b\(condition)"], record) == holds)
  }

  @Test("the three ways in which a value can be missing are told apart")
  func nulls() throws {
    let tombstone = SampleRecord(key: "k")
    let empty = SampleRecord(key: "k", value: "")
    let word = SampleRecord(key: "k", value: "null")
    #expect(try Self.matches(["value=null"], tombstone))
    #expect(try !Self.matches(["value=null"], empty))
    #expect(try !Self.matches(["value=null"], word))
    #expect(try Self.matches(["value=\"null\""], word))
    #expect(try Self.matches(["value=\"\""], empty))
    #expect(try !Self.matches(["value=\"\""], tombstone))
    #expect(try Self.matches(["value!=x and !value~x and !value and !size"], tombstone))
    #expect(try Self.matches(["size=0"], empty))
    #expect(try !Self.matches(["size=0"], tombstone))
  }

  @Test("texts are compared as bytes, not as Unicode does")
  func bytes() throws {
    #expect(try !Self.matches(["value=\u{e9}"], SampleRecord(value: "e\u{301}")))
    #expect(try Self.matches(["value=\"\\xff\\0\""], SampleRecord(value: [0xFF, 0])))
    #expect(try Self.matches(["value~'^[^a]+$'"], SampleRecord(value: [0xFF, 0, 0x0A])))
  }

  @Test(
    "what is not JSON has no fields",
    arguments: [
      "", "{", "{\"a\":1", "{\"a\":1}x", "{\"a\":01}", "{a:1}", "{\"a\":1,}", "[{\"a\":1}", "{\"a\":+1}", "{\"a\":1.}",
      "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}", "nul", "{\"a\":\"\\u12\"}", String(repeating: "{\"a\":", count: 200),
      String(repeating: "[", count: 100_000),
      "{\"a\":" + String(repeating: "[", count: 200)
        + String(repeating: "]", count: 200) + "}",
    ])
  func noJSON(_ value: String) throws {
    #expect(try !Self.matches(["value.a"], SampleRecord(value: value)))
    #expect(try Self.matches(["value.a!=1"], SampleRecord(value: value)))
  }

  @Test("escapes in names and texts of JSON stand for their characters")
  func escapes() throws {
    let record = SampleRecord(value: #"{"\u0061\/b":"\ud83d\ude00\b","c":"\ud83d"}"#)
    #expect(try Self.matches(["value.\"a/b\"=\"\u{1F600}\\x08\""], record))
    #expect(try Self.matches(["value.c=\u{FFFD}"], record))
  }

  @Test("several expressions have to hold, whatever is in them")
  func several() throws {
    #expect(try Self.matches(["key=abc or key=x", "partition=3"], Self.sample))
    #expect(try !Self.matches(["key=abc or key=x", "partition=4"], Self.sample))
    #expect(try Self.matches(["value~TAG", "value~Id"], Self.sample))
    #expect(try !Self.matches(["value~TAG", "value~nowhere"], Self.sample))
  }

  @Test(
    "what cannot be understood is refused with a caret below it",
    arguments: [
      ("", 0, "expected"), ("foo", 0, "write \"foo\""), ("foo=1", 0, "value.NAME"), ("key=", 4, "missing"),
      ("key=a key=b", 6, "'and'"), ("(key", 0, "not closed"), ("key)", 3, "closes nothing"), ("\"abc", 0, "not closed"),
      ("key='abc", 4, "not closed"), ("value~a(", 7, "not closed"), ("value~'a\\1'", 8, "referred"),
      ("value~'*a'", 7, "repeat"), ("value~'[a'", 7, "not closed"), ("header", 6, "header.NAME"),
      ("header.=1", 7, "name"),
      ("partition=x", 10, "whole number"), ("partition~3", 9, "no text"), ("timestamp>=soon", 11, "not a time"),
      ("timestamp>=-1x", 11, "duration"), ("topic>1", 5, "no number"), ("value.a>\"42\"", 8, "number"),
      ("value.a>x", 8, "number"), ("value[x]", 6, "element"), ("value.", 6, "name"), ("key=~x", 3, "operator"),
      ("key and", 7, "expected"), ("!!key", 1, "no field"), ("key=\"a\\q\"", 6, "escape"), ("key=\"a\"b", 7, "closing"),
      ("value~'a{300}'", 8, "255"), ("value~'(?i)a'", 7, "POSIX"), ("keyx", 0, "no field"), ("AND", 0, "no field"),
      ("key:abc", 0, "no field"), (String(repeating: "(", count: 100), 64, "deeper"),
      ("value~'((((a{255}){255}){255}){255})'", 7, "too large"), ("value~'(((()){255}){255}){255}'", 7, "too large"),
    ])
  func refused(_ expression: String, _ offset: Int, _ words: String) throws {
    let error = #expect(throws: UsageError.self) { try RecordFilter(parsing: [Array(expression.utf8)]) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.caret?.offset == offset, "\(error?.message ?? "")")
  }

  @Test("a filter on the command line is refused as a usage error that names the option")
  func commandLine() throws {
    let parsed = try ArgumentParser.parse(["-e", "--filter", "foo", "t"], table: ConsumeOptions.table)
    let error = #expect(throws: UsageError.self) { try ConsumeArguments(parsed, environment: [:]) }
    #expect(error?.place == "option --filter")
    #expect(error?.lines.count == 3)
  }

  @Test("what is and-ed at the top narrows what is fetched")
  func narrowing() throws {
    func narrowing(_ expressions: String...) throws -> FilterNarrowing {
      FilterNarrowing(try RecordFilter(parsing: expressions.map { Array($0.utf8) }).resolved(now: 10_000_000))
    }
    let bounds = try narrowing("offset>=10 and (offset<20 and key=a)", "offset>=5", "timestamp>=-1h")
    #expect(bounds.firstOffset == 10)
    #expect(bounds.endOffset == 20)
    #expect(bounds.firstTime == 6_400_000)
    let exact = try narrowing("offset=7")
    #expect((exact.firstOffset, exact.endOffset) == (7, 8))
    let upper = try narrowing("timestamp<-1h and key=a")
    #expect(upper.firstTime == nil)
    let alternatives = try narrowing("offset>=10 or key=a", "!offset>=10")
    #expect((alternatives.firstOffset, alternatives.endOffset) == (nil, nil))
    let places = try narrowing("topic=orders and (partition=3 or partition=5) and key=a")
    #expect([3, 4, 5].map { places.admits(topic: "orders", partition: $0) } == [true, false, true])
    #expect(!places.admits(topic: "other", partition: 3))
    let mixed = try narrowing("partition=3 or key=a")
    #expect(mixed.admits(topic: "orders", partition: 4))
    let none = try narrowing("partition=3 and partition=4")
    #expect(!none.admits(topic: "orders", partition: 3))
    let negated = try narrowing("partition!=3")
    #expect([3, 4].map { negated.admits(topic: "orders", partition: $0) } == [false, true])
  }
}
