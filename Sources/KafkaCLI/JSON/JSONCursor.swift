import Glibc

/// A place in a text that is JSON (RFC 8259), which is moved piece by piece without making values.
///
/// Where a function says that what it was to pass is not there, `fault` says why, and the position is where. Allocates
/// nothing. The smallest steps are inlined, because a record takes a hundred of them.
struct JSONCursor {
  let bytes: UnsafeRawBufferPointer
  let limits: JSONLimits
  var position = 0
  /// What was wrong, once a function has said that something is.
  private(set) var fault = JSONFault.noValue

  /// - Parameter bytes: The text, which must live as long as the cursor.
  init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  @inline(__always)
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// What the value at the position is, by its first byte.
  var kind: JSONKind? { next.flatMap { JSONKind(firstByte: $0) } }

  @inline(__always)
  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { position += 1 }
  }

  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func take(_ word: StaticString) -> Bool {
    let end = min(position + word.utf8CodeUnitCount, bytes.count)
    guard isWord(word, in: position..<end) else { return false }
    position = end
    return true
  }

  /// Whether the bytes of `range` are these.
  @inline(__always)
  func isWord(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    let place = UnsafeRawBufferPointer(rebasing: bytes[range])
    return place.baseAddress.map { memcmp($0, word.utf8Start, place.count) == 0 } ?? true
  }

  /// Remembers what is wrong at the position.
  ///
  /// - Returns: False, for the function that found it.
  mutating func fail(_ fault: JSONFault) -> Bool {
    self.fault = fault
    return false
  }
}
