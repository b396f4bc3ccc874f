extension WireReader {
  /// A tagged field being read: until ``endTaggedField(_:)`` the reader ends where it does.
  package struct TaggedField {
    package let tag: UInt32
    let start: Int
    let outerEnd: Int
  }

  /// Reads how many tagged fields follow, each of at least two bytes.
  package mutating func taggedFieldCount() throws(WireError) -> Int {
    let start = position
    let count = Int(try uvarint())
    guard count <= bytesLeft / 2 else { throw .invalidCount(offset: start, count: count) }
    return count
  }

  /// Reads the tag and size of the next tagged field and closes the reader off behind it.
  ///
  /// - Parameter previous: The tag before it in the same section, or -1.
  package mutating func beginTaggedField(after previous: Int64) throws(WireError) -> TaggedField {
    let start = position
    let tag = try uvarint()
    guard Int64(tag) > previous else { throw .tagOutOfOrder(offset: start, tag: tag) }
    let size = Int(try uvarint())
    guard size <= bytesLeft else { throw .invalidLength(offset: start, length: size) }
    let field = TaggedField(tag: tag, start: start, outerEnd: end)
    end = position + size
    return field
  }

  /// Opens the reader up again, once the field's value has been read to its last byte.
  package mutating func endTaggedField(_ field: TaggedField) throws(WireError) {
    guard position == end else { throw .taggedFieldSize(offset: field.start, tag: field.tag) }
    end = field.outerEnd
  }

  /// Passes over what is left of the tagged field being read: the value of a tag that the schema does not know.
  package mutating func skipTaggedField() { position = end }

  /// Passes over a section of tagged fields of which the schema knows none.
  package mutating func skipTaggedFields() throws(WireError) {
    var previous: Int64 = -1
    for _ in 0..<(try taggedFieldCount()) {
      let field = try beginTaggedField(after: previous)
      skipTaggedField()
      try endTaggedField(field)
      previous = Int64(field.tag)
    }
  }
}
