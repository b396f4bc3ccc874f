package import Buffers

/// Cuts input that comes in blocks into records that end with a delimiter.
///
/// A record that lies in one block is not copied; one that began in an earlier block is put together in a buffer of the
/// splitter. A record stays readable until the next call of ``advance()``, so that its reader may wait with it.
///
/// Memory is bounded by about twice the limit for a record, whatever the input: of a longer record only the size is
/// kept. Each byte is searched once, also when a record is spread over many blocks.
package struct RecordSplitter: ~Copyable {
  /// What the splitter has come to.
  package enum Step: Equatable, Sendable {
    /// ``record`` is the next one.
    case record
    /// The next record is larger than the limit and has been skipped.
    case oversized(bytes: Int64)
    /// The block is used up; the next goes to ``feed(_:)``, or ``finish()`` ends the last record.
    case needsInput
  }

  private let delimiter: Bytes
  private let limit: Int
  /// The input at hand, of which the bytes before `position` are done with.
  private var block = Bytes.empty
  private var position = 0
  /// The beginning of a record whose end has not come, with what may be the beginning of its delimiter.
  private var carry = BytesBuilder()
  /// How many bytes of that record came before those in `carry`; above zero only when it is too large.
  private var dropped: Int64 = 0
  private var current = 0..<0
  private var isCurrentInCarry = false
  /// The number of the record that the last step was about, from 1.
  package private(set) var number: Int64 = 0

  /// The bytes of the block behind those that were looked at.
  package var unreadCount: Int { block.count - position }

  /// - Parameters:
  ///   - delimiter: What ends a record; not empty.
  ///   - limit: The number of bytes that a record may have, without its delimiter.
  package init(delimiter: Bytes, limit: Int) {
    precondition(!delimiter.isEmpty && limit >= 0 && limit <= Int.max / 2)
    self.delimiter = delimiter
    self.limit = limit
  }

  /// The bytes of the record that ``advance()`` or ``finish()`` came to, without its delimiter.
  package var record: RawSpan {
    @_lifetime(borrow self)
    get { isCurrentInCarry ? carry.span.extracting(current) : block.span.extracting(current) }
  }

  /// Takes the next block of input, once ``advance()`` has asked for it.
  package mutating func feed(_ block: Bytes) {
    precondition(position == self.block.count, "the block before has not been used up")
    self.block = block
    position = 0
    current = 0..<0
  }

  /// Goes to the next record.
  package mutating func advance() -> Step {
    releaseCarry()
    if carry.count > 0 || dropped > 0 { return advanceWithCarry() }
    guard let end = ByteSearch.find(delimiter, in: block.span, from: position) else {
      absorb(position..<block.count)
      return .needsInput
    }
    current = position..<end
    position = end + delimiter.count
    return step(bytes: Int64(current.count))
  }

  /// Ends the input, whose last record needs no delimiter.
  ///
  /// - Returns: The last record, or ``Step/needsInput`` when the input ended with a delimiter or was empty.
  package mutating func finish() -> Step {
    precondition(position == block.count, "the last block has not been used up")
    releaseCarry()
    guard carry.count > 0 || dropped > 0 else { return .needsInput }
    return endCarry(at: carry.count)
  }

  /// Looks for the end of the record in `carry`: first where its delimiter has begun, then in the block.
  private mutating func advanceWithCarry() -> Step {
    if let end = findStraddlingDelimiter() {
      position = end + delimiter.count - carry.count
      return endCarry(at: end)
    }
    guard let end = ByteSearch.find(delimiter, in: block.span, from: position) else {
      absorb(position..<block.count)
      return .needsInput
    }
    absorb(position..<end)
    position = end + delimiter.count
    return endCarry(at: carry.count)
  }

  /// The offset in `carry` of a delimiter that begins there and ends in the block.
  private func findStraddlingDelimiter() -> Int? {
    let tail = min(carry.count, delimiter.count - 1)
    let head = min(block.count, delimiter.count - 1)
    guard position == 0, tail > 0, tail + head >= delimiter.count else { return nil }
    var window = BytesBuilder(capacity: tail + head)
    window.append(carry.span.extracting(last: tail))
    window.append(block.span.extracting(first: head))
    return ByteSearch.find(delimiter, in: window.span, from: 0).map { carry.count - tail + $0 }
  }

  /// Adds a part of the block, which is then done with, to `carry`, unless the record is already too large.
  private mutating func absorb(_ range: Range<Int>) {
    position = range.upperBound
    let kept = delimiter.count - 1
    if dropped == 0, range.count <= limit + kept - carry.count {
      let block = block
      carry.append(block.span.extracting(range))
      return
    }
    // Too large: only what may be the beginning of the delimiter is still of use.
    let total = carry.count + range.count
    var rest = BytesBuilder(capacity: kept)
    rest.append(carry.span.extracting(last: max(0, kept - range.count)))
    rest.append(block.span.extracting(range).extracting(last: kept))
    carry = rest
    dropped += Int64(total - carry.count)
  }

  private mutating func endCarry(at end: Int) -> Step {
    current = 0..<end
    isCurrentInCarry = true
    return step(bytes: dropped + Int64(end))
  }

  private mutating func step(bytes: Int64) -> Step {
    number += 1
    return bytes > Int64(limit) ? .oversized(bytes: bytes) : .record
  }

  /// Forgets the record in `carry` once it has been read, and its memory when it was large.
  private mutating func releaseCarry() {
    guard isCurrentInCarry else { return }
    isCurrentInCarry = false
    dropped = 0
    current = 0..<0
    if carry.capacity > 1 << 20 { carry = BytesBuilder() } else { carry.truncate(to: 0) }
  }
}
