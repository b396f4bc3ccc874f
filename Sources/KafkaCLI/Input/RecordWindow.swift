import Buffers

/// The bytes of the input from the beginning of a record to where it has been read, in one piece.
///
/// As long as a record lies in one block nothing is copied.
struct RecordWindow: ~Copyable {
  private var block = Bytes.empty
  /// Holds the window's bytes when they come from more than one block.
  private var carry = BytesBuilder()
  private var isCarried = false
  private var start = 0
  /// Where the window begins in its file.
  private(set) var offset: Int64 = 0

  var count: Int { (isCarried ? carry.count : block.count) - start }

  /// The bytes of the last block that are in the window.
  var unreadCount: Int { min(count, block.count) }

  var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      let rest = start..<(start + count)
      return isCarried ? carry.span.extracting(rest) : block.span.extracting(rest)
    }
  }

  /// Begins a file. What is left of the one before is dropped.
  mutating func begin() {
    drop(count)
    offset = 0
  }

  /// Adds a block at the end.
  mutating func feed(_ block: Bytes) {
    defer {
      self.block = block
      start = 0
    }
    guard count > 0 else {
      isCarried = false
      if carry.capacity > 1 << 20 { carry = BytesBuilder() }
      return
    }
    if !isCarried || start > 0 {
      var rest = BytesBuilder(capacity: count + block.count)
      rest.append(bytes)
      carry = rest
      isCarried = true
    }
    carry.append(block)
  }

  /// Moves the beginning by `count` bytes.
  mutating func drop(_ count: Int) {
    precondition(count >= 0 && count <= self.count)
    start += count
    offset += Int64(count)
  }

  /// The 4 bytes at `position` as a big-endian integer, once they are there.
  func bigEndian(at position: Int) -> Int32? {
    guard count - position >= 4 else { return nil }
    return Int32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Int32.self))
  }
}
