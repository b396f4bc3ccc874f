import Buffers
import KafkaClient
import KafkaProtocol
import Testing

@testable import KafkaCLI

@Suite("Values of options")
struct ValueTests {
  @Test(
    "durations have units, from the largest down",
    arguments: [
      ("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h30m", 5_400_000), ("1d", 86_400_000), ("0", 0), ("0s", 0),
      ("1h1m1s1ms", 3_661_001), ("90m", 5_400_000),
    ])
  func durations(text: String, milliseconds: Int64) throws {
    #expect(try Duration(argument: text) == .milliseconds(milliseconds))
  }

  @Test(
    "a text is found in another where it first occurs",
    arguments: [
      ("ssl://a://b", "://", 3), ("abab", "ab", 0), ("aab", "ab", 1), ("a", "ab", nil), ("", "a", nil),
      ("a:/b", "://", nil),
    ])
  func places(text: String, part: String, place: Int?) {
    #expect(text.firstPlace(of: part).map { text.distance(from: text.startIndex, to: $0) } == place)
  }

  @Test(
    "other durations are refused",
    arguments: [
      "", "10", "s", "-1s", "+1s", "1 s", "1.5s", "1m1h", "1s1s", "10S", "1h30", "99999999999999999999s",
      "9223372036854775807d", "300000000h", "٣s",
    ])
  func notDurations(text: String) {
    #expect(throws: UsageError.self) { try Duration(argument: text) }
  }

  @Test(
    "sizes count in 1024s, or with a B after the letter in 1000s",
    arguments: [("1", 1), ("64K", 65_536), ("1MiB", 1 << 20), ("1MB", 1_000_000), ("1G", 1 << 30), ("10k", 10_240)])
  func sizes(text: String, bytes: Int) throws {
    #expect(try ByteSize.parse(text) == bytes)
  }

  @Test("other sizes are refused", arguments: ["", "0", "-1", "1.5M", "M", "1 M", "1Mi", "2G", "9999999999999G", "1T"])
  func notSizes(text: String) {
    #expect(throws: UsageError.self) { try ByteSize.parse(text) }
  }

  @Test(
    "escapes stand for bytes, all else for itself",
    arguments: [
      (#"\n"#, [0x0A]), (#"\r\n"#, [0x0D, 0x0A]), (#"\t\0"#, [0x09, 0x00]), (#"\x00\xfF"#, [0x00, 0xFF]),
      (#"\\n"#, [0x5C, 0x6E]), ("", []), ("ř", [0xC5, 0x99]), (#"\x411"#, [0x41, 0x31]),
    ] as [(String, [UInt8])])
  func escapes(text: String, bytes: [UInt8]) throws {
    #expect(try ByteEscapes.unescape(Array(text.utf8)) == bytes)
  }

  @Test("bytes that are not UTF-8 stay as they are")
  func rawBytes() throws {
    #expect(try ByteEscapes.unescape([0xFF, 0x5C, 0x6E, 0xFE]) == [0xFF, 0x0A, 0xFE])
  }

  @Test(
    "other escapes are refused with a caret below them",
    arguments: [(#"ab\q"#, 2), (#"\"#, 0), (#"\x4"#, 0), (#"ř\xg0"#, 1), (#"\x"#, 0), (#"\101"#, 0)])
  func notEscapes(text: String, caret: Int) {
    let error = #expect(throws: UsageError.self) { try ByteEscapes.unescape(Array(text.utf8)) }
    #expect(error?.caret?.offset == caret)
  }

  @Test(
    "partitions are numbers and inclusive ranges",
    arguments: [
      ("0", [0...0]), ("0,2,5-7", [0...0, 2...2, 5...7]), ("0-2147483647", [0...Int32.max]), ("3-3", [3...3]),
    ] as [(String, [ClosedRange<Int32>])])
  func partitions(text: String, ranges: [ClosedRange<Int32>]) throws {
    #expect(try PartitionSet(argument: text).ranges == ranges)
  }

  @Test(
    "other partitions are refused", arguments: ["", "-1", "1,", ",1", "1-", "7-5", "2147483648", "a", "1 ,2", "1-2-3"])
  func notPartitions(text: String) {
    #expect(throws: UsageError.self) { try PartitionSet(argument: text) }
  }

  @Test("a set of partitions knows its members, and which of them a topic lacks")
  func partitionMembers() throws {
    let set = try PartitionSet(argument: "0,2,5-7")
    #expect([0, 2, 5, 6, 7].allSatisfy(set.contains))
    #expect(![1, 3, 8, -1].contains(where: set.contains))
    #expect(set.firstMissing(ofTopicWith: 8) == nil)
    #expect(set.firstMissing(ofTopicWith: 6) == 6)
    #expect(set.firstMissing(ofTopicWith: 1) == 2)
    #expect(set.single == nil)
    #expect(try PartitionSet(argument: "4").single == 4)
  }

  @Test("a topic may be given with partitions")
  func topics() throws {
    #expect(try TopicSelection(argument: "orders") == TopicSelection(topic: "orders"))
    #expect(try TopicSelection(argument: "a.b:3") == TopicSelection(topic: "a.b", partitions: PartitionSet([3...3])))
    #expect(try TopicSelection(argument: "o:0-5") == TopicSelection(topic: "o", partitions: PartitionSet([0...5])))
  }

  @Test(
    "other topics are refused", arguments: ["", ":1", "o:", "o:a", "o:5-1", "o:1,2", "a b", "a/b", ".", "..", "ř:1"])
  func notTopics(text: String) {
    #expect(throws: UsageError.self) { try TopicSelection(argument: text) }
  }

  @Test("the name of a topic has at most 249 characters")
  func topicLength() throws {
    let longest = String(repeating: "x", count: 249)
    #expect(try TopicName.parse(longest) == longest)
    #expect(throws: UsageError.self) { try TopicName.parse(longest + "x") }
  }

  @Test(
    "brokers are hosts with or without a port",
    arguments: [
      ("localhost", ["localhost:9092"]), ("a:1,b:65535", ["a:1", "b:65535"]), (" a , b:93 ", ["a:9092", "b:93"]),
      ("[::1]:9093", ["[::1]:9093"]), ("[::1]", ["[::1]:9092"]), ("::1", ["[::1]:9092"]), ("host.:93", ["host.:93"]),
      ("10.0.0.1:9", ["10.0.0.1:9"]), ("fe80::1%eth0", ["[fe80::1%eth0]:9092"]), ("my_host", ["my_host:9092"]),
    ])
  func brokers(text: String, addresses: [String]) throws {
    #expect(try BrokerAddress.parseList(text).map(\.description) == addresses)
  }

  @Test(
    "other brokers are refused",
    arguments: [
      "", " ", ",", "a,", ",a", "a,,b", "a:0", "a:65536", "a:", "a:b", "a:-1", "a:1:2", ":9092", "[::1", "[::1]x",
      "[a]:1",
      "::1]:9092", "a b", "PLAINTEXT://a:9092", "-a", "a/b", "[::1]:", "1:::2",
    ])
  func notBrokers(text: String) {
    #expect(throws: UsageError.self) { try BrokerAddress.parseList(text) }
  }

  @Test(
    "positions are words, numbers, times and durations",
    arguments: [
      ("beginning", .beginning), ("earliest", .beginning), ("end", .end), ("latest", .end), ("0", .offset(0)),
      ("9223372036854775807", .offset(.max)), ("-5", .beforeEnd(5)), ("+7", .afterBeginning(7)),
      ("@1700000000000", .time(milliseconds: 1_700_000_000_000)), ("-1h", .ago(.seconds(3600))), ("-0", .beforeEnd(0)),
      ("@1970-01-02T00:00:00Z", .time(milliseconds: 86_400_000)),
    ] as [(String, StartPosition)])
  func positions(text: String, position: StartPosition) throws {
    #expect(try StartPosition(argument: text) == position)
  }

  @Test(
    "other positions are refused",
    arguments: [
      "", "abc", "5x", "-", "+", "@", "--5", "+1h", "-1x", "@yesterday", "stored", "Latest", "9223372036854775808",
      "5 ", "1h",
      "@-5",
    ])
  func notPositions(text: String) {
    #expect(throws: UsageError.self) { try StartPosition(argument: text) }
  }

  @Test(
    "an offset is asked for by a word, a time or a duration",
    arguments: [
      ("earliest", .earliest), ("latest", .latest), ("17", .time(milliseconds: 17)), ("@17", .time(milliseconds: 17)),
      ("-1h", .ago(.seconds(3600))), ("1970-01-01T00:00:01Z", .time(milliseconds: 1000)),
    ] as [(String, OffsetQuestion)])
  func questions(text: String, question: OffsetQuestion) throws {
    #expect(try OffsetQuestion(argument: text) == question)
  }

  @Test("other questions are refused", arguments: ["", "-5", "+5", "first", "-", "@", "stored"])
  func notQuestions(text: String) {
    #expect(throws: UsageError.self) { try OffsetQuestion(argument: text) }
  }

  @Test(
    "times are milliseconds or ISO 8601 dates",
    arguments: [
      ("0", 0), ("1706745600250", 1_706_745_600_250), ("2024-02-01T00:00:00Z", 1_706_745_600_000),
      ("2024-02-01T00:00:00.25Z", 1_706_745_600_250), ("2024-02-01 02:00:00+02:00", 1_706_745_600_000),
      ("2024-01-31T19:00-0500", 1_706_745_600_000), ("2024-02-01T00:00:00.123456789Z", 1_706_745_600_123),
      ("2024-02-29T00:00Z", 1_709_164_800_000), ("1970-01-01T01:00:00+01", 0),
      ("2000-03-01T00:00:00z", 951_868_800_000), ("2024-02-01T00:00:00,5Z", 1_706_745_600_500),
      ("2024-02-01T00:00:00.01Z", 1_706_745_600_010), ("+10000-01-01T00:00Z", 253_402_300_800_000),
      ("+2024-02-01T00:00:00Z", 1_706_745_600_000), ("+292278994-08-17T07:12:55.807Z", .max),
    ])
  func times(text: String, milliseconds: Int64) throws {
    #expect(try TimeArgument.milliseconds(text) == milliseconds)
  }

  @Test("a date without a zone is local, and within a day of the same in UTC")
  func localTime() throws {
    let local = try TimeArgument.milliseconds("2024-02-01")
    #expect(abs(local - 1_706_745_600_000) <= 86_400_000)
    #expect(try TimeArgument.milliseconds("2024-02-01T00:00:00.5") == local + 500)
  }

  @Test(
    "other times are refused",
    arguments: [
      "", "-1", "now", "2024-", "2024-2-1", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10",
      "2024-01-01T24:00Z", "2024-01-01T00:60Z", "2024-01-01T00:00:60Z", "2024-01-01T00", "2024-01-01T00:00:00.Z",
      "2024-01-01T00:00:00.1234567890Z",
      "2024-01-01T00:00:00Zx", "2024-01-01T00:00+1", "2024-01-01T00:00+01:", "1969-12-31T23:59:59Z", "2024-01-01X00:00",
      "2024-01-01T", "٢٠٢٤-01-01", "99999999999999999999", "10000-01-01T00:00Z", "+999-01-01T00:00Z",
      "+292278994-08-17T07:12:55.808Z", "+999999999-01-01T00:00Z", "+9999999999-01-01T00:00Z", "-0000-01-01T00:00Z",
      "-0001-12-31T23:59:59Z", "+2024", "+-2024-01-01",
    ])
  func notTimes(text: String) {
    #expect(throws: UsageError.self) { try TimeArgument.milliseconds(text) }
  }

  @Test("a header has a name, and a value or null")
  func headers() throws {
    let header = try HeaderArgument(argument: "trace=a=b")
    #expect(header.name.array == Array("trace".utf8))
    #expect(header.value?.array == Array("a=b".utf8))
    #expect(try HeaderArgument(argument: "trace").value == nil)
    #expect(try HeaderArgument(argument: "trace=").value?.array == [])
    #expect(try HeaderArgument(argument: Argument(bytes: [0x61, 0x3D, 0xFF])).value?.array == [0xFF])
    #expect(throws: UsageError.self) { try HeaderArgument(argument: "=v") }
    #expect(throws: UsageError.self) { try HeaderArgument(argument: "") }
  }

  @Test("a codec may have a level")
  func compression() throws {
    #expect(try Compression(argument: "none") == .none)
    #expect(try Compression(argument: "snappy") == Compression(.snappy))
    #expect(try Compression(argument: "gzip:9") == Compression(.gzip, level: 9))
    #expect(try Compression(argument: "zstd:-5") == Compression(.zstd, level: -5))
  }

  @Test(
    "other codecs and levels are refused",
    arguments: ["", "lzma", "gzip:", "gzip:0", "gzip:10", "snappy:1", "none:1", "zstd:23", "zstd:x"])
  func notCompression(text: String) {
    #expect(throws: UsageError.self) { try Compression(argument: text) }
  }

  @Test("acknowledgements are all, 1 or 0")
  func acks() throws {
    #expect(try Acks(argument: "all") == .all)
    #expect(try Acks(argument: "-1").rawValue == -1)
    #expect(try Acks(argument: "1") == .leader)
    #expect(try Acks(argument: "0") == .none)
    #expect(throws: UsageError.self) { try Acks(argument: "2") }
  }

  @Test("a topic to create has partitions and replicas")
  func creation() throws {
    #expect(try TopicCreation(argument: "6") == TopicCreation(partitions: 6))
    #expect(try TopicCreation(argument: "6:3") == TopicCreation(partitions: 6, replicas: 3))
    for text in ["", "0", "6:", "6:0", ":3", "1:2:3", "x", "1:40000"] {
      #expect(throws: UsageError.self) { try TopicCreation(argument: text) }
    }
  }

  @Test("a word that is none of the choices is refused with the nearest")
  func choices() throws {
    #expect(try PartitionerName(argument: "round-robin") == .roundRobin)
    let error = #expect(throws: UsageError.self) { try PartitionerName(argument: "murmur") }
    #expect(error?.advice == "did you mean murmur2?")
  }

  @Test(
    "sums and differences stay at the ends of the range",
    arguments: [
      (1, 2, 3, -1), (.max, 1, .max, .max - 1), (.max, -1, .max - 1, .max), (.min, -1, .min, .min + 1),
      (.min, 1, .min + 1, .min), (0, .min, .min, .max), (.max, .max, .max, 0), (.min, .min, .min, 0),
    ] as [(Int64, Int64, Int64, Int64)])
  func clamping(left: Int64, right: Int64, sum: Int64, difference: Int64) {
    #expect(left.adding(clamping: right) == sum)
    #expect(left.subtracting(clamping: right) == difference)
  }
}
