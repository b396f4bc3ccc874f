import Buffers
import KafkaMockBroker
import KafkaProtocol
import Testing
import Transport

@testable import KafkaCLI

@Suite("JSON records on input", .timeLimit(.minutes(1)))
struct JSONReaderTests {
  private func read(_ text: String, limit: Int = 1 << 20) -> [ReadRecord] { read(Array(text.utf8), limit: limit) }

  private func read(_ bytes: [UInt8], limit: Int = 1 << 20) -> [ReadRecord] {
    ReadRecord.all([bytes], JSONReader(defaultKey: nil, limit: limit))
  }

  @Test(
    "what stands for a value is taken as it is meant",
    arguments: [
      (#""""#, ""), (#""a\"\\\/\b\f\n\r\t\u0041""#, "a\"\\/\u{8}\u{C}\n\r\tA"),
      (#""\u00e9\u20ac\ud83d\ude00ř""#, "é€😀ř"),
      (#"{"base64":"/w=="}"#, nil), (#"{ "base64" : "YQ==" }"#, "a"), (#"{"base64":""}"#, ""),
      (#"{"\u0062ase64":"YWJj"}"#, "abc"), (#"{"base64":"\/\/\/\/"}"#, nil),
      (#"{"a":{"base64":"x"}}"#, #"{"a":{"base64":"x"}}"#),
      ("[1, 2e3,null]", "[1, 2e3,null]"), ("{}", "{}"), ("-0.5", "-0.5"), ("true", "true"), ("false", "false"),
      (#"{"a":"\u0041"}"#, #"{"a":"\u0041"}"#),
    ])
  func values(text: String, value: String?) {
    for object in [#"{"value":\#(text)}"#, #" { "key" : null , "value" : \#(text) } "#] {
      let records = read(object)
      guard case .record(key: nil, value: let found)? = records.first, records.count == 1 else {
        Issue.record("\(records)")
        continue
      }
      if let value { #expect(found == Array(value.utf8)) } else { #expect(found?.allSatisfy { $0 == 0xFF } == true) }
    }
    #expect(read(#"{"value":"v","key":\#(text)}"#).count == 1)
  }

  @Test("null is no empty string, for keys and values")
  func nulls() {
    #expect(read(#"{"value":null}"#) == [.value(nil)])
    #expect(read(#"{"value":"","key":""}"#) == [.pair("", "")])
  }

  @Test(
    "a line that is wrong is refused alone, by its column and reason",
    arguments: [
      ("{}", "column 3: the field value is missing"), ("[]", "column 1: no JSON object"),
      (#"{"value":1,"x":2}"#, "column 12: unknown field 'x'"),
      (#"{"value":1,"value":2}"#, "column 12: the field value comes twice"),
      (#"{"value":"a"#, "column 12: a string without its end"),
      (#"{"value":"a""#, "column 13: the text ends too early"),
      (#"{"value":"a"} {}"#, "column 15: text behind the object"), (#"{"value":"\x"}"#, "column 11: unknown escape"),
      (#"{"value":"\ud800"}"#, "column 11: half of a surrogate pair"),
      (#"{"value":"\ud800\u0041"}"#, "column 11: half of a surrogate pair"),
      (#"{"value":"\udc00"}"#, "column 11: half of a surrogate pair"),
      ("{\"value\":\"\u{1}\"}", #"column 11: a control character in a string; write it as \u00XX"#),
      (#"{"value":01}"#, "column 11: no ',' or '}'"), (#"{"value":-}"#, "column 11: no value"),
      (#"{"value":{"base64":"YQ"}}"#, "column 21: no base64"),
      (#"{"value":{"base64":"YR=="}}"#, "column 24: no base64"),
      (#"{"value":{"base64":"YQ==YQ=="}}"#, "column 25: no base64"),
      (
        #"{"value":{"base64":"","x":1}}"#,
        "column 22: something beside base64; an object that begins with it has nothing else"
      ),
      (#"{"value":1,"partition":-1}"#, "column 24: no partition"),
      (#"{"value":1,"partition":1.0}"#, "column 24: no whole number"),
      (#"{"value":1,"offset":9223372036854775808}"#, "column 21: the number does not fit into 64 bits"),
      (#"{"value":1,"timestamp":-2}"#, "column 24: a time before 1970"),
      (#"{"value":1,"timestampType":"x"}"#, "column 28: timestampType is create, logappend or null"),
      (#"{"value":1,"headers":[{"name":"a"}]}"#, "column 23: a header without a value"),
      (#"{"value":1,"headers":[{"name":null,"value":1}]}"#, #"column 44: neither a string, null nor {"base64":"…"}"#),
      (#"{"value":1,"headers":[{"name":"a","value":"b","c":1}]}"#, "column 47: unknown field 'c' of a header"),
      (#"{"value":1,"headers":{}}"#, "column 22: headers are no array"),
      (#"{"value":1,"topic":1}"#, "column 20: the topic is no string"),
    ])
  func refusals(text: String, reason: String) {
    #expect(
      read(#"{"value":"a"}"# + "\n\(text)\n" + #"{"value":"b"}"#) == [.value("a"), .refused(reason), .value("b")])
  }

  @Test("nesting has a bound")
  func nesting() {
    func nested(_ depth: Int) -> String {
      #"{"value":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(read(nested(64)).count == 1)
    #expect(read(nested(65)) == [.refused("column 74: nested deeper than 64")])
    #expect(read(nested(500_000), limit: 1 << 24).count == 1)
  }

  @Test("bytes that are not UTF-8 are refused in a string")
  func notUTF8() {
    #expect(
      read(Array(#"{"value":"a"#.utf8) + [0xC3] + Array(#""}"#.utf8))
        == [.refused(#"column 12: bytes that are not UTF-8; write {"base64":"…"} for them"#)])
  }

  @Test("lines of nothing but blanks are passed by, and counted")
  func blanks() {
    var reader = JSONReader(defaultKey: nil, limit: 100)
    reader.feed(Bytes(utf8: "\n \t\r\n{\"value\":1}\n\n"))
    #expect(reader.advance() == .record)
    #expect(reader.number == 3)
    #expect(reader.advance() == .needsInput)
    #expect(reader.finish() == .needsInput)
  }

  @Test("base64 takes memory for itself, not for what is behind it")
  func memoryOfBase64() {
    let text = Array((#"{"base64":"YWJj"}"# + String(repeating: " ", count: 1 << 20)).utf8)
    var decoded = BytesBuilder()
    let place = text.withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes, limits: .record)
      return try? cursor.field(&decoded, embeds: false)
    }
    #expect(place == .decoded(0..<3))
    #expect(decoded.capacity < 1 << 10)
  }

  @Test("base64 of any length is what was encoded, also with its slashes escaped", arguments: 0...40)
  func base64(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 79 &+ 0xFB) }
    var text = BytesBuilder()
    text.append(base64: bytes.span.bytes)
    let encoded = String(decoding: text.finish().array, as: UTF8.self)
    let escaped = encoded.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
    for spelling in [encoded, escaped] {
      var reader = JSONReader(defaultKey: nil, limit: 100)
      reader.feed(Bytes(utf8: #"{"value":{"base64":"\#(spelling)"},"headers":[]}"# + "\n"))
      #expect(reader.advance() == .record)
      let value = reader.fields.value
      #expect(value?.withUnsafeBytes { Array($0) } == bytes)
    }
  }

  @Test("members are taken in any order, and each once")
  func order() {
    #expect(read(#"{"value":"a","topic":"t"}"#) == [.value("a")])
    #expect(read(#"{ "topic" : "t" ,"partition" :0, "offset":1 , "value" : "a" }"#) == [.value("a")])
    #expect(read(#"{"topic":"t","topic":"t","value":1}"#) == [.refused("column 14: the field topic comes twice")])
    #expect(
      read(#"{"topic":"t","key":null,"key":"k","value":1}"#) == [.refused("column 25: the field key comes twice")])
  }

  @Test("a record is too large by its bytes, not by its text")
  func limit() {
    #expect(read(#"{"value":{"base64":"YWJj"}}"#, limit: 3) == [.value("abc")])
    #expect(read(#"{"value":{"base64":"YWJj"},"key":"k"}"#, limit: 3) == [.oversized(4)])
    let long = #"{"value":"\#(String(repeating: "x", count: 2 << 20))"}"#
    #expect(read(long, limit: 3) == [.oversized(Int64(long.utf8.count))])
  }

  @Test("every way of cutting the input gives the same records")
  func splits() {
    let text = #"{"value":"a\n\ud83d\ude00","key":{"base64":"AA=="}}"# + "\n\n" + #"{"value":{"a":[1]}}"# + "\nx\n"
    for blocks in InputFormTests.splits(Array(text.utf8)) {
      #expect(
        ReadRecord.all(blocks, JSONReader(defaultKey: nil, limit: 100)) == [
          .pair("\0", "a\n😀"), .value(#"{"a":[1]}"#), .refused("column 1: no JSON object"),
        ])
    }
  }

  // MARK: Round trips

  private func randomBytes(_ random: inout some RandomNumberGenerator) -> [UInt8]? {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return nil
    case 1: return []
    case 2: return (0..<Int.random(in: 1..<40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    case 3:
      return Array(
        ["\"\\/\u{7F}\u{85}\n\0", "řeka 😀", #"{"base64":"YQ=="}"#, "null", "\u{2028}"].randomElement(using: &random)?
          .utf8 ?? "".utf8)
    case 4:
      return Array(
        [#"{"a":[1,{"b":null}]}"#, "[]", "-1.5e3", "true", #""text""#].randomElement(using: &random)?.utf8 ?? "".utf8)
    default: return (0..<Int.random(in: 1..<40, using: &random)).map { _ in UInt8.random(in: 32...126, using: &random) }
    }
  }

  @Test("what is written as JSON is read as the same record", arguments: [false, true])
  func roundTrip(embedsValues: Bool) throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var record = SampleRecord()
      record.key = randomBytes(&random)
      record.value = randomBytes(&random)
      record.timestamp = Int64.random(in: -1...Int64.max, using: &random)
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        record.headers.append((["a", "b", "", "ř\n"].randomElement(using: &random) ?? "", randomBytes(&random)))
      }
      let line = try record.formatted(.json(embedsValues: embedsValues))
      var reader = JSONReader(defaultKey: nil, limit: 1 << 20)
      reader.feed(Bytes(copying: line))
      try #require(reader.advance() == .record, "\(String(decoding: line, as: UTF8.self))")
      let fields = reader.fields
      let (timestamp, partition, headers) = (fields.timestamp, fields.partition, fields.headers)
      #expect(timestamp == record.timestamp)
      #expect(partition == 3)
      #expect(headers?.count ?? 0 == record.headers.count)
      var again = SampleRecord()
      if let key = fields.key { again.key = key.withUnsafeBytes { Array($0) } }
      if let value = fields.value { again.value = value.withUnsafeBytes { Array($0) } }
      again.timestamp = timestamp ?? 0
      #expect(again.key == record.key)
      #expect(again.value == record.value)
      again.headers = record.headers
      #expect(try again.formatted(.json(embedsValues: embedsValues)) == line)
    }
  }

  @Test(
    "a topic that is read as JSON and written again is the same, with each codec",
    arguments: ["none", "gzip", "snappy", "lz4", "zstd"])
  func copy(codec: String) async throws {
    var random = SystemRandomNumberGenerator()
    var text: [UInt8] = []
    for index in 0..<200 {
      var record = SampleRecord()
      record.key = randomBytes(&random)
      record.value = randomBytes(&random)
      record.timestamp = 1_700_000_000_000 + Int64.random(in: -1000...1000, using: &random)
      record.headers = (0..<index % 4).map { ("h\($0 / 2)", randomBytes(&random)) }
      text += try record.formatted(.json(embedsValues: false))
    }
    let input = String(decoding: text, as: UTF8.self)
    let runtime = try Runtime.system()
    defer { runtime.stop() }
    try await withMockCluster(topics: ["t": 4, "u": 4]) { cluster in
      let directory = try TemporaryDirectory()
      try directory.write(input, to: "input")
      let stored = try await JobRun.of(
        "produce -p keep -i json -z \(codec) t \(directory.file("input"))", on: cluster.bootstrapServers, runtime)
      #expect(stored.messages == ["kavka: acknowledged 200, failed 0, unknown 0"])
      let first = try await JobRun.of("consume -J -e t", on: cluster.bootstrapServers, runtime)
      #expect(first.lines.count == 200)
      try directory.write(first.output, to: "again")
      let copied = try await JobRun.of(
        "produce -p keep -i json -z \(codec) u \(directory.file("again"))", on: cluster.bootstrapServers, runtime)
      #expect(copied.messages == ["kavka: acknowledged 200, failed 0, unknown 0"])
      let second = try await JobRun.of("consume -J -e u", on: cluster.bootstrapServers, runtime)
      let renamed = second.lines.map { $0.replacing(#""topic":"u""#, with: #""topic":"t""#) }
      #expect(renamed.sorted() == first.lines.sorted())
    }
  }

  @Test("partitions are kept where asked for, and a record without one that the topic has is refused by its line")
  func keep() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      #"{"value":"a","partition":1}"# + "\n" + #"{"value":"b"}"# + "\n" + #"{"value":"c","partition":2}"# + "\n",
      to: "input")
    let input = directory.file("input")
    let runtime = try Runtime.system()
    defer { runtime.stop() }
    try await withMockCluster(topics: ["t": 2]) { cluster in
      let run = try await JobRun.of("produce -p keep -i json t \(input)", on: cluster.bootstrapServers, runtime)
      #expect(run.status == .refused)
      #expect(
        run.messages == [
          "kavka: line 2 (1 byte) not sent: it names no partition, and -p keep asks for one",
          "kavka: line 3 (1 byte) not sent: it is of partition 2, and t has 2",
          "kavka: acknowledged 1, failed 2, unknown 0",
        ])
      #expect(try await JobRun.of("consume -e -f %p:%s t", on: cluster.bootstrapServers, runtime).output == "1:a")
    }
  }

  @Test("-k, -H and --timestamp are for records that bring none of their own")
  func defaults() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      #"{"value":"a","key":"own","timestamp":7,"headers":[{"name":"x","value":null}]}"# + "\n"
        + #"{"value":"b","timestamp":null,"headers":[]}"# + "\n", to: "input")
    let input = directory.file("input")
    let runtime = try Runtime.system()
    defer { runtime.stop() }
    try await withMockCluster(topics: ["t": 1]) { cluster in
      let run = try await JobRun.of(
        "produce -i json -k k -H y=1 --timestamp 9 t \(input)", on: cluster.bootstrapServers, runtime)
      #expect(run.status == .success)
      #expect(
        try await JobRun.of("consume -e -f %k,%T,%h; t", on: cluster.bootstrapServers, runtime).output
          == "own,7,x=NULL;k,9,y=1;")
    }
  }
}
