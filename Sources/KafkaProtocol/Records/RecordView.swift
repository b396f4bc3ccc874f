/// One record, as spans into its batch.
@frozen
@usableFromInline
package struct RecordView: ~Escapable {
  @usableFromInline package let offset: Int64
  /// Milliseconds since 1970-01-01 UTC, or -1 if there is none.
  @usableFromInline package let timestamp: Int64
  @usableFromInline package let key: RawSpan?
  @usableFromInline package let value: RawSpan?
  @usableFromInline package let headers: RecordHeaders

  @inlinable
  @inline(__always)
  @_lifetime(copy key, copy value, copy headers)
  init(offset: Int64, timestamp: Int64, key: RawSpan?, value: RawSpan?, headers: RecordHeaders) {
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
    self.headers = headers
  }
}
