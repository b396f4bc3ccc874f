import Buffers
import KafkaCLI
import Testing

@Suite("Splitting of input into records")
struct RecordSplitterTests {
  /// What a splitter makes of input: each record, or the size of one that is too large.
  private enum Found: Equatable {
    case record([UInt8])
    case oversized(Int64)
  }

  private func split(_ blocks: [[UInt8]], by delimiter: [UInt8], limit: Int = 1 << 20) -> [Found] {
    var splitter = RecordSplitter(delimiter: Bytes(copying: delimiter), limit: limit)
    var found: [Found] = []
    func note(_ step: RecordSplitter.Step, _ splitter: borrowing RecordSplitter) {
      switch step {
      case .record: found.append(.record(Bytes(copying: splitter.record).array))
      case .oversized(let bytes): found.append(.oversized(bytes))
      case .needsInput: break
      }
      if step != .needsInput { #expect(splitter.number == Int64(found.count)) }
    }
    for block in blocks {
      splitter.feed(Bytes(copying: block))
      var step = splitter.advance()
      while step != .needsInput {
        note(step, splitter)
        step = splitter.advance()
      }
    }
    note(splitter.finish(), splitter)
    return found
  }

  /// The same in the plainest way, one byte after another.
  private func splitNaively(_ bytes: [UInt8], by delimiter: [UInt8], limit: Int) -> [Found] {
    var found: [Found] = []
    var record: [UInt8] = []
    func end() {
      found.append(record.count > limit ? .oversized(Int64(record.count)) : .record(record))
      record = []
    }
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: delimiter) {
        end()
        index += delimiter.count
      } else {
        record.append(bytes[index])
        index += 1
      }
    }
    if !record.isEmpty { end() }
    return found
  }

  @Test(
    "records end with a delimiter, which the last one does not need",
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n", [""]), ("\n\na\n\n", ["", "", "a", ""]),
      ("a\r\nb\r\n", ["a\r", "b\r"]),
    ])
  func lines(text: String, records: [String]) {
    #expect(split([Array(text.utf8)], by: [0x0A]) == records.map { .record(Array($0.utf8)) })
  }

  @Test("NUL and bytes that are not UTF-8 are bytes like others")
  func bytes() {
    #expect(split([[0, 0xFF, 0x0A, 0xC5], [0x0A]], by: [0x0A]) == [.record([0, 0xFF]), .record([0xC5])])
    #expect(split([[1, 0, 2, 0]], by: [0]) == [.record([1]), .record([2])])
  }

  @Test("a delimiter may be spread over several blocks, and may begin in vain")
  func straddling() {
    #expect(split([[1, 9], [8], [7, 2]], by: [9, 8, 7]) == [.record([1]), .record([2])])
    #expect(split([[1, 9, 9], [8, 2]], by: [9, 8]) == [.record([1, 9]), .record([2])])
    #expect(split([[1, 9], [9], [1]], by: [9, 8]) == [.record([1, 9, 9, 1])])
    #expect(split([[9], [9], [9]], by: [9, 9]) == [.record([]), .record([9])])
  }

  @Test("a record that is too large is reported with its number and size, and the next are found")
  func oversized() {
    let long = [UInt8](repeating: 1, count: 10)
    #expect(split([long, long, [0x0A, 2, 0x0A]], by: [0x0A], limit: 4) == [.oversized(20), .record([2])])
    #expect(split([[1, 1, 1, 1, 0x0A]], by: [0x0A], limit: 4) == [.record([1, 1, 1, 1])])
    #expect(split([long, long], by: [0x0A], limit: 4) == [.oversized(20)])
    #expect(split([long + [9], [8, 2]], by: [9, 8], limit: 4) == [.oversized(10), .record([2])])
  }

  @Test("a record stays readable until the next step")
  func current() {
    var splitter = RecordSplitter(delimiter: Bytes(copying: [0x0A]), limit: 100)
    splitter.feed(Bytes(copying: [1, 2]))
    #expect(splitter.advance() == .needsInput)
    splitter.feed(Bytes(copying: [3, 0x0A, 4, 0x0A]))
    #expect(splitter.advance() == .record)
    #expect(Bytes(copying: splitter.record).array == [1, 2, 3])
    #expect(Bytes(copying: splitter.record).array == [1, 2, 3])
    #expect(splitter.advance() == .record)
    #expect(Bytes(copying: splitter.record).array == [4])
    #expect(splitter.number == 2)
  }

  @Test("any input in any blocks gives what a plain search gives", arguments: 0..<64)
  func property(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let alphabet = UInt8.random(in: 1...3, using: &random)
      func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...alphabet, using: &random) }
      }
      let input = bytes(0...200)
      let delimiter = bytes(1...5)
      let limit = Int.random(in: 0...40, using: &random)
      let largest = Int.random(in: 1...30, using: &random)
      var blocks: [[UInt8]] = []
      var rest = input[...]
      while !rest.isEmpty {
        let size = Int.random(in: 0...largest, using: &random)
        blocks.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      #expect(
        split(blocks, by: delimiter, limit: limit) == splitNaively(input, by: delimiter, limit: limit),
        "input \(input), delimiter \(delimiter), limit \(limit), blocks \(blocks.map(\.count))")
    }
  }

  @Test(
    "a record has a key before the first key delimiter, and null where the rules say so",
    arguments: [
      ("k:v", false, nil, nil, "k", "v"), ("nodelim", false, nil, nil, nil, "nodelim"),
      (":x", false, nil, nil, "", "x"),
      (":x", true, nil, nil, nil, "x"), ("k:", false, nil, nil, "k", ""), ("k:", true, nil, nil, "k", nil),
      (":", true, nil, nil, nil, nil), (":x", true, nil, "d", "d", "x"), (":x", false, nil, "d", "", "x"),
      ("a:b:c", false, nil, nil, "a", "b:c"), ("NULL:NULL", false, "NULL", nil, nil, nil),
      ("x", false, nil, "d", "d", "x"),
      ("", false, nil, nil, nil, ""), ("", true, nil, nil, nil, nil), ("k:", false, "", nil, "k", nil),
    ] as [(String, Bool, String?, String?, String?, String?)])
  func fields(text: String, emptyIsNull: Bool, null: String?, defaultKey: String?, key: String?, value: String?) {
    let rules = InputFieldRules(
      keyDelimiter: Bytes(utf8: ":"), defaultKey: defaultKey.map { Bytes(utf8: $0) }, emptyIsNull: emptyIsNull,
      nullString: null.map { Bytes(utf8: $0) })
    let record = Bytes(utf8: text)
    let fields = rules.fields(of: record.span)
    func decoded(_ span: RawSpan?) -> String? {
      guard let span else { return nil }
      return String(decoding: Bytes(copying: span).array, as: UTF8.self)
    }
    let (foundKey, foundValue) = (decoded(fields.key), decoded(fields.value))
    #expect(foundKey == key)
    #expect(foundValue == value)
  }
}

/// A random sequence that a seed decides (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
