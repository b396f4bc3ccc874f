/// The headers of a record, read again with each iteration; a copy iterates from the start.
@frozen
@usableFromInline
package struct RecordHeaders: ~Escapable {
  /// The number of headers not read yet.
  @usableFromInline package private(set) var count: Int
  /// The headers not read yet, encoded, without their count.
  @usableFromInline private(set) var encoded: RawSpan

  /// `encoded` holds `count` headers, which has been checked.
  @inlinable
  @inline(__always)
  @_lifetime(copy encoded)
  init(count: Int, encoded: RawSpan) {
    self.count = count
    self.encoded = encoded
  }

  package var isEmpty: Bool { count == 0 }

  /// Returns the next header, or nil after the last.
  @_lifetime(copy self)
  package mutating func next() -> RecordHeader? {
    guard count > 0 else { return nil }
    var cursor = RecordCursor(encoded)
    do throws(RecordError) {
      let header = try cursor.header()
      count -= 1
      encoded = encoded.extracting(cursor.position..<encoded.byteCount)
      return header
    } catch {
      count = 0
      return nil
    }
  }
}
