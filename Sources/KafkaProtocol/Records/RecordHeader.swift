/// A header of a record.
package struct RecordHeader: ~Escapable {
  package let name: RawSpan
  package let value: RawSpan?

  @inline(__always)
  @_lifetime(copy name, copy value)
  init(name: RawSpan, value: RawSpan?) {
    self.name = name
    self.value = value
  }
}
