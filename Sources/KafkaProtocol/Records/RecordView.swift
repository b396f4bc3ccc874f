/// One record, as spans into its batch.
package struct RecordView: ~Escapable {
  package let offset: Int64
  /// Milliseconds since 1970-01-01 UTC, or -1 if there is none.
  package let timestamp: Int64
  package let key: RawSpan?
  package let value: RawSpan?
  package let headers: RecordHeaders

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
