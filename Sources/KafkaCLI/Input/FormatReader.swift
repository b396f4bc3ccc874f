package import Buffers
import KafkaProtocol

/// Reads records by a format string: the inverse of what `consume -f` writes.
///
/// A record that does not match is skipped up to the literal that ends the format, if one does.
package struct FormatReader: InputRecordReader, ~Copyable {
  /// A record whose end is looked for because it cannot be read.
  private struct Skipping {
    /// How many bytes belong to it whatever they are.
    var unseen: Int64
    /// The bytes of it that have left the window.
    var bytes: Int64
    /// Why it cannot be read; nothing where it is too large.
    let reason: String?
    /// Whether it ends behind the unseen bytes, not with the literal that ends the format.
    let endsThere: Bool
  }

  private let format: InputFormat
  private let limit: Int
  private let textLimit: Int
  private var window = RecordWindow()
  private var record: FormatFields
  /// The instruction that is due, where in the window it begins, and from where on its end has not been looked for.
  private var index = 0
  private var position = 0
  private var searched = 0
  private var skipping: Skipping?
  private var isTold = false
  package private(set) var number: Int64 = 0

  package init(_ format: InputFormat, rules: InputFieldRules, limit: Int) {
    self.format = format
    self.limit = limit
    textLimit = JSONReader.textLimit(forRecordsOf: limit)
    record = FormatFields(rules)
  }

  package var unreadCount: Int { window.unreadCount - min(position, window.unreadCount) }

  package var fields: InputFields {
    @_lifetime(borrow self)
    get { record.fields(in: window.bytes) }
  }

  package mutating func begin() { window.begin() }

  package mutating func feed(_ block: Bytes) { window.feed(block) }

  package mutating func advance() -> InputStep { step(isLast: false) }

  package mutating func finish() -> InputStep { step(isLast: true) }

  package mutating func abandon() -> Int64? {
    if isTold { beginRecord() }
    let bytes = (skipping?.bytes ?? 0) + Int64(window.count)
    skipping = nil
    window.drop(window.count)
    (index, position, searched) = (0, 0, 0)
    guard bytes > 0 else { return nil }
    number += 1
    return bytes
  }

  private mutating func beginRecord() {
    window.drop(position)
    (index, position, searched, isTold) = (0, 0, 0, false)
    record.removeAll()
  }

  private mutating func step(isLast: Bool) -> InputStep {
    if isTold { beginRecord() }
    if let step = skip(isLast: isLast) { return step }
    if isLast, window.count == 0 { return .needsInput }
    while index < format.instructions.count {
      do throws(FormatMismatch) {
        guard try take(isLast: isLast) else {
          guard window.count > textLimit else { return .needsInput }
          throw .tooLarge(bytes: 0)
        }
      } catch {
        return give(up: error, isLast: isLast)
      }
      index += 1
      searched = position
    }
    isTold = true
    number += 1
    return record.byteCount > limit ? .oversized(bytes: Int64(record.byteCount)) : .record
  }

  // MARK: What cannot be read

  /// Gives a record up: begins to look for its end to learn its size, or tells of it where nothing ends it.
  private mutating func give(up mismatch: FormatMismatch, isLast: Bool) -> InputStep {
    let (offset, unseen, reason): (Int, Int64, String?) =
      switch mismatch {
      // What has no end in sight takes all that there is.
      case .tooLarge(bytes: 0): (window.count, 0, nil)
      case .tooLarge(let bytes): (position, bytes, nil)
      case .unlike(let expected, let offset):
        (offset, 0, "expected \(expected) at byte \(window.offset + Int64(offset))")
      }
    let rest = unseen > 0 && format.end == nil ? knownLength(behind: index) : nil
    guard format.end != nil || rest != nil else {
      number += 1
      return .broken(
        // What is behind these bytes may be another record's.
        bytes: Int64(offset) + unseen,
        reason: (reason ?? "at most \(limit.inBytes) are allowed")
          + "; the format does not end with text, so nothing behind it can be read either")
    }
    skipping = Skipping(unseen: unseen + (rest ?? 0), bytes: Int64(offset), reason: reason, endsThere: rest != nil)
    position = offset
    beginRecord()
    return step(isLast: isLast)
  }

  /// The bytes of what follows an instruction in a record, where all of that has a length that is known.
  private func knownLength(behind index: Int) -> Int64? {
    var sum: Int64 = 0
    for instruction in format.instructions[(index + 1)...] {
      switch instruction {
      case .literal(let range): sum += Int64(range.count)
      case .key(let encoding):
        guard encoding.hasKnownLength, let length = record.keyLength else { return nil }
        sum += Int64(length < 0 ? record.nullText.count : encoding.textLength(ofBytes: length))
      case .value(let encoding):
        guard encoding.hasKnownLength, let length = record.valueLength else { return nil }
        sum += Int64(length < 0 ? record.nullText.count : encoding.textLength(ofBytes: length))
      default: return nil
      }
    }
    return sum
  }

  /// Goes on to the end of a record that was given up.
  private mutating func skip(isLast: Bool) -> InputStep? {
    guard var skipping else { return nil }
    let unseen = Int(min(skipping.unseen, Int64(window.count)))
    window.drop(unseen)
    skipping.unseen -= Int64(unseen)
    skipping.bytes += Int64(unseen)
    var isOver = skipping.unseen == 0 && skipping.endsThere
    if skipping.unseen == 0, !isOver, let end = format.end {
      let found = ByteSearch.find(end, in: window.bytes, from: 0)
      let passed = found ?? max(window.count - end.count + 1, 0)
      window.drop(found == nil ? passed : passed + end.count)
      skipping.bytes += Int64(passed)
      isOver = found != nil
    }
    if isLast, !isOver {
      skipping.bytes += Int64(window.count)
      window.drop(window.count)
      isOver = true
    }
    self.skipping = isOver ? nil : skipping
    guard isOver else { return .needsInput }
    number += 1
    return skipping.reason.map { .refused(bytes: skipping.bytes, reason: $0) } ?? .oversized(bytes: skipping.bytes)
  }

  // MARK: Tokens

  /// Takes the instruction that is due.
  ///
  /// - Returns: Whether all of it was there.
  private mutating func take(isLast: Bool) throws(FormatMismatch) -> Bool {
    let instruction = format.instructions[index]
    if case .literal(let range) = instruction { return try take(format.literals[range], isLast: isLast) }
    guard let end = try end(of: instruction, isLast: isLast) else { return false }
    try record.take(instruction, position..<end, in: window)
    position = end
    return true
  }

  private mutating func take(_ literal: Bytes, isLast: Bool) throws(FormatMismatch) -> Bool {
    let isFinal = index == format.instructions.count - 1
    // The end of a file ends its last record.
    if isLast, isFinal, window.count == position { return true }
    let count = min(literal.count, window.count - position)
    let isSame = ByteSearch.areEqual(
      window.bytes.extracting(position..<(position + count)), literal.span.extracting(0..<count))
    guard isSame, count == literal.count || !isLast else { throw .unlike(Self.quoted(literal), at: position) }
    guard count == literal.count else { return false }
    position += count
    return true
  }

  /// Where a token ends, once that is known.
  private mutating func end(
    of instruction: FormatProgram.Instruction, isLast: Bool
  ) throws(FormatMismatch) -> Int? {
    switch instruction {
    case .bigEndianValueLength: return try limitedEnd(4, "a length", isLast: isLast)
    case .key(let encoding):
      if let length = record.keyLength, encoding.hasKnownLength {
        return try limitedEnd(try textLength(length, encoding), "a key of \(length) bytes", isLast: isLast)
      }
      if encoding == .json { return try jsonEnd(isLast: isLast) }
    case .value(let encoding):
      if let length = record.valueLength, encoding.hasKnownLength {
        return try limitedEnd(try textLength(length, encoding), "a value of \(length) bytes", isLast: isLast)
      }
      if encoding == .json { return try jsonEnd(isLast: isLast) }
    default: break
    }
    return try unlimitedEnd(isLast: isLast)
  }

  private func textLength(_ length: Int, _ encoding: FormatProgram.Encoding) throws(FormatMismatch) -> Int {
    if length < 0 { return record.nullText.count }
    let text = encoding.textLength(ofBytes: length)
    guard length <= limit else { throw .tooLarge(bytes: Int64(text)) }
    return text
  }

  private func limitedEnd(_ count: Int, _ what: @autoclosure () -> String, isLast: Bool) throws(FormatMismatch) -> Int?
  {
    if window.count - position >= count { return position + count }
    if isLast { throw .unlike(what(), at: position) }
    return nil
  }

  /// The end of what runs up to the next literal, or to the end of the input. It does not go beyond the literal that
  /// ends the record.
  private mutating func unlimitedEnd(isLast: Bool) throws(FormatMismatch) -> Int? {
    guard index + 1 < format.instructions.count, case .literal(let range) = format.instructions[index + 1] else {
      return isLast ? window.count : nil
    }
    let next = format.literals[range]
    let found = ByteSearch.find(next, in: window.bytes, from: searched)
    let isFinal = index + 2 == format.instructions.count
    if let end = format.end, !isFinal, let stop = ByteSearch.find(end, in: window.bytes, from: searched),
      stop < found ?? .max,
      found != nil || isLast || window.count - stop >= next.count
    {
      throw .unlike(Self.quoted(next), at: stop)
    }
    if let found {
      // What was found may be part of the end, of which the rest is yet to come.
      let isDecided = isLast || isFinal || window.count - found >= format.end?.count ?? 0
      return isDecided ? found : nil
    }
    if isLast {
      if isFinal { return window.count }
      throw .unlike(Self.quoted(next), at: window.count)
    }
    let overlap = max(next.count, format.end?.count ?? 0) + next.count
    searched = max(searched, window.count - overlap)
    return nil
  }

  /// The end of a JSON string, `null`, or object with base64.
  private mutating func jsonEnd(isLast: Bool) throws(FormatMismatch) -> Int? {
    let expected = "JSON: a string, null or {\"base64\":\"…\"}"
    if position < window.count {
      switch window.bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self) {
      case UInt8(ascii: "n"): return try limitedEnd(4, expected, isLast: isLast)
      case UInt8(ascii: "\""):
        let (end, passed) = Self.stringEnd(in: window.bytes, from: max(searched, position + 1))
        if let end { return end }
        searched = passed
      case UInt8(ascii: "{"):
        if let end = ByteSearch.find(format.brace, in: window.bytes, from: searched) { return end + 1 }
        searched = window.count
      default: throw .unlike(expected, at: position)
      }
    }
    if isLast { throw .unlike(expected, at: position) }
    return nil
  }

  /// The place behind the closing quote, or nothing and how far it has been looked for.
  private static func stringEnd(in bytes: RawSpan, from start: Int) -> (end: Int?, passed: Int) {
    var index = start
    while index < bytes.byteCount {
      switch bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self) {
      case UInt8(ascii: "\""): return (index + 1, index)
      case UInt8(ascii: "\\"):
        guard index + 1 < bytes.byteCount else { return (nil, index) }
        index += 2
      default: index += 1
      }
    }
    return (nil, index)
  }

  private static func quoted(_ literal: Bytes) -> String {
    var text = BytesBuilder()
    TerminalText.append(literal.span, to: &text)
    return "'\(String(decoding: text.finish().array, as: UTF8.self))'"
  }
}

/// Why a record is none of the format.
enum FormatMismatch: Error {
  /// Something else is expected at an offset in the record.
  case unlike(String, at: Int)
  /// A field is above the limit: the bytes of its text, 0 if nobody knows.
  case tooLarge(bytes: Int64)
}
