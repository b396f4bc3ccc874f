import Buffers
import KafkaProtocol

@testable import KafkaCLI

/// Inputs for the readers of records that are to be produced: a byte that chooses where blocks end, one for the rules,
/// and what is read. For records by a format, the format and a byte of zero come before that.
enum ReaderInput {
  /// The most bytes of a record: few, so that what is above the limit is met too.
  private static let limit = 64

  /// What a reader came to. Where a broken record ends is told by how much was read, which blocks decide.
  private enum Found: Equatable {
    case record(key: Bytes?, value: Bytes?, timestamp: Int64?, partition: Int32?)
    case oversized
    case refused(String)
    case broken(String)
  }

  static func readJSON(_ input: Bytes) {
    guard input.count >= 2 else { return }
    let key = input[1] & 1 == 0 ? nil : Bytes(utf8: "k")
    compare(input[2..<input.count], seed: input[0]) { JSONReader(defaultKey: key, limit: limit) }
  }

  static func readLengths(_ input: Bytes) {
    guard input.count >= 2 else { return }
    let hasKeys = input[1] & 1 == 0
    compare(input[2..<input.count], seed: input[0]) {
      LengthReader(hasKeys: hasKeys, defaultKey: nil, limit: limit)
    }
  }

  static func readFormat(_ input: Bytes) {
    guard input.count >= 2 else { return }
    let text = input.array.dropFirst(2)
    guard let end = text.firstIndex(of: 0), let format = try? InputFormat(parsing: Array(text[..<end])) else { return }
    let rules = InputFieldRules(
      keyDelimiter: nil, defaultKey: nil, emptyIsNull: input[1] & 1 == 1,
      nullString: input[1] & 2 == 0 ? nil : Bytes(utf8: "null"))
    compare(input[(end + 1)..<input.count], seed: input[0]) { FormatReader(format, rules: rules, limit: limit) }
  }

  /// Reads the input in one block and in several, of which the same has to come.
  private static func compare<Reader: InputRecordReader & ~Copyable>(
    _ input: Bytes, seed: UInt8, _ makeReader: () -> Reader
  ) {
    let whole = read([input], makeReader())
    let parts = read(blocks(of: input, seed: seed), makeReader())
    precondition(whole == parts, "blocks change what is read: \(whole) and \(parts)")
  }

  /// Cuts at intervals that the seed gives, with an empty block now and then; the seed 0 cuts everywhere.
  private static func blocks(of input: Bytes, seed: UInt8) -> [Bytes] {
    var blocks: [Bytes] = []
    var position = 0
    var state = UInt32(seed)
    while position < input.count {
      state = state &* 1_664_525 &+ UInt32(seed)
      let end = min(input.count, position + (seed == 0 ? 1 : Int(state >> 24) % 23))
      blocks.append(input[position..<end])
      // A block of nothing may come, but not for ever.
      if end == position { state = state &+ 0x1234_5679 }
      position = end
    }
    return blocks
  }

  private static func read<Reader: InputRecordReader & ~Copyable>(
    _ blocks: [Bytes], _ reader: consuming Reader
  ) -> [Found] {
    var found: [Found] = []
    let size = blocks.reduce(0) { $0 + $1.count }
    reader.begin()
    for block in blocks {
      reader.feed(block)
      while let step = note(reader.advance(), reader) {
        found.append(step)
        precondition(found.count <= size, "more records than bytes")
        precondition((0...block.count).contains(reader.unreadCount))
        if case .broken = step { return found }
      }
    }
    while let step = note(reader.finish(), reader) {
      found.append(step)
      precondition(found.count <= size + 1, "more records than bytes")
      if case .broken = step { break }
    }
    return found
  }

  private static func note<Reader: InputRecordReader & ~Copyable>(
    _ step: InputStep, _ reader: borrowing Reader
  ) -> Found? {
    switch step {
    case .needsInput: return nil
    case .oversized: return .oversized
    case .refused(_, let reason): return .refused(reason)
    case .broken(_, let reason): return .broken(reason)
    case .record:
      let fields = reader.fields
      var (key, value): (Bytes?, Bytes?)
      if let span = fields.key { key = Bytes(copying: span) }
      if let span = fields.value { value = Bytes(copying: span) }
      return .record(key: key, value: value, timestamp: fields.timestamp, partition: fields.partition)
    }
  }
}
