import Buffers
import KafkaProtocol
import Testing

@testable import KafkaCLI

/// A record that a reader came to, or why it did not.
enum ReadRecord: Equatable {
  case record(key: [UInt8]?, value: [UInt8]?)
  case oversized(Int64)
  case refused(String)
  case broken(String)

  static func value(_ text: String?) -> ReadRecord { .record(key: nil, value: text.map { Array($0.utf8) }) }

  static func pair(_ key: String?, _ value: String?) -> ReadRecord {
    .record(key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) })
  }

  /// Reads a file that comes in blocks, to its end or until it cannot be read further.
  static func all<Records: InputRecordReader & ~Copyable>(
    _ blocks: [[UInt8]], _ records: consuming Records
  ) -> [ReadRecord] {
    var found: [ReadRecord] = []
    records.begin()
    for block in blocks {
      records.feed(Bytes(copying: block))
      while let record = note(records.advance(), records) {
        found.append(record)
        if case .broken = record { return found }
      }
    }
    while let record = note(records.finish(), records) { found.append(record) }
    return found
  }

  private static func note<Records: InputRecordReader & ~Copyable>(
    _ step: InputStep, _ records: borrowing Records
  ) -> ReadRecord? {
    switch step {
    case .needsInput: return nil
    case .oversized(let bytes): return .oversized(bytes)
    case .refused(_, let reason): return .refused(reason)
    case .broken(_, let reason): return .broken(reason)
    case .record:
      let fields = records.fields
      var (key, value): ([UInt8]?, [UInt8]?)
      if let span = fields.key { key = span.withUnsafeBytes { Array($0) } }
      if let span = fields.value { value = span.withUnsafeBytes { Array($0) } }
      return .record(key: key, value: value)
    }
  }
}

@Suite("Forms of input")
struct InputFormTests {
  /// Each way of cutting the bytes in two, and byte by byte.
  static func splits(_ bytes: [UInt8]) -> [[[UInt8]]] {
    (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])].filter { !$0.isEmpty } } + [bytes.map { [$0] }]
  }

  private static let plain = InputFieldRules(
    keyDelimiter: nil, defaultKey: nil, emptyIsNull: false, nullString: nil)

  // MARK: Lengths

  private func lengths(_ bytes: [UInt8], hasKeys: Bool = true, limit: Int = 8) -> Set<[String]> {
    Set(
      Self.splits(bytes).map { blocks in
        ReadRecord.all(blocks, LengthReader(hasKeys: hasKeys, defaultKey: nil, limit: limit)).map { "\($0)" }
      })
  }

  private func words(_ records: ReadRecord...) -> Set<[String]> { [records.map { "\($0)" }] }

  @Test("lengths say where keys and values end, wherever blocks end")
  func lengths() {
    let bytes: [UInt8] =
      [0, 0, 0, 1, 0x6B, 0, 0, 0, 2, 0x76, 0x76] + [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
      + [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(lengths(bytes) == words(.pair("k", "vv"), .pair(nil, ""), .pair("", nil)))
    #expect(lengths([0, 0, 0, 1, 0x76, 0, 0, 0, 0], hasKeys: false) == words(.value("v"), .value("")))
    #expect(lengths([]) == words())
  }

  @Test("a record whose lengths are above the limit is skipped alone")
  func tooLong() {
    let bytes: [UInt8] =
      [0, 0, 0, 9] + Array(repeating: 1, count: 9) + [0, 0, 0, 1, 2] + [0, 0, 0, 1, 0x6B, 0, 0, 0, 8]
      + Array(repeating: 3, count: 8) + [0, 0, 0, 0, 0, 0, 0, 8] + Array("12345678".utf8)
    #expect(lengths(bytes) == words(.oversized(10), .oversized(9), .pair("", "12345678")))
  }

  @Test("a length below -1 ends reading, by its place")
  func badLength() {
    let bytes: [UInt8] = [0, 0, 0, 1, 0x6B, 0xFF, 0xFF, 0xFF, 0xF9, 1, 2, 3, 4]
    #expect(lengths(bytes) == words(.broken("-7 at byte 5 is no length; nothing behind it can be read either")))
  }

  @Test("a record that is cut off at the end is refused", arguments: 1..<11)
  func cut(count: Int) {
    let whole: [UInt8] = [0, 0, 0, 1, 0x6B, 0, 0, 0, 2, 0x76, 0x76]
    #expect(
      lengths(whole + whole[..<count])
        == words(
          .pair("k", "vv"), .refused("the input ends at byte \(11 + count), in the middle of the record")))
    #expect(
      lengths([0, 0, 0, 1, 0x6B, 0x70, 0, 0, 0] + whole[..<count])
        == words(.refused("the input ends at byte \(9 + count), in the middle of the record")))
  }

  // MARK: Files

  @Test("a file is one record, also an empty one, and one above the limit is refused with its size")
  func raw() {
    for blocks in Self.splits(Array("a\nb\0".utf8)) {
      #expect(ReadRecord.all(blocks, RawReader(Self.plain, limit: 4)) == [.value("a\nb\0")])
      #expect(ReadRecord.all(blocks, RawReader(Self.plain, limit: 3)) == [.oversized(4)])
    }
    #expect(ReadRecord.all([], RawReader(Self.plain, limit: 3)) == [.value("")])
    let rules = InputFieldRules(
      keyDelimiter: nil, defaultKey: Bytes(utf8: "k"), emptyIsNull: true, nullString: nil)
    #expect(ReadRecord.all([], RawReader(rules, limit: 3)) == [.pair("k", nil)])
  }

  // MARK: Options

  @Test(
    "forms and what they leave no choice of are refused together",
    arguments: [
      "-i raw -K :", "-i raw -D ,", "-i length -D ,", "-i length -Z", "-i length --null N", "-i json -D ,",
      "-i json -K :", "-i json -Z", "-i json --null N", "-i csv", "-p keep", "-p keep -i raw", "-p keep -i length",
      "-p keep -i json --partitioner random", "-p kept",
    ])
  func contradictions(options: String) {
    #expect(throws: UsageError.self) {
      try CommandLineParser.parse(
        ["produce"].map { Argument($0) } + options.split(separator: " ").map { Argument(String($0)) } + [Argument("t")],
        environment: [:])
    }
  }
}
