package import Buffers
package import KafkaProtocol

/// What a record of the input says: spans into it, valid as long as it is, and what it brings of its own.
package struct InputFields: ~Escapable {
  package let key: RawSpan?
  package let value: RawSpan?
  /// Nothing when the record brings none.
  package let headers: EncodedHeaders?
  /// Milliseconds since 1970-01-01 UTC, or -1 for a record that is to have no time.
  package let timestamp: Int64?
  package let partition: Int32?

  @_lifetime(copy key, copy value)
  init(
    key: RawSpan?, value: RawSpan?, headers: EncodedHeaders? = nil, timestamp: Int64? = nil, partition: Int32? = nil
  ) {
    self.key = key
    self.value = value
    self.headers = headers
    self.timestamp = timestamp
    self.partition = partition
  }
}

/// The rules by which a record of the input becomes a key and a value: `-K`, `-k`, `-Z` and `--null`.
package struct InputFieldRules: Equatable, Sendable {
  private let keyDelimiter: Bytes?
  let defaultKey: Bytes?
  private let emptyIsNull: Bool
  private let nullString: Bytes?

  /// - Parameters:
  ///   - keyDelimiter: What ends the key; a record without it is all value. Nothing when records have no keys.
  ///   - defaultKey: The key of records whose own is null.
  ///   - emptyIsNull: Whether an empty key or value is null.
  ///   - nullString: The key or value that is null.
  package init(keyDelimiter: Bytes?, defaultKey: Bytes?, emptyIsNull: Bool, nullString: Bytes?) {
    precondition(keyDelimiter?.isEmpty != true)
    self.keyDelimiter = keyDelimiter
    self.defaultKey = defaultKey
    self.emptyIsNull = emptyIsNull
    self.nullString = nullString
  }

  /// Divides a record at the first key delimiter. Copies and allocates nothing.
  ///
  /// Inlined: the rules and the fields are large values, which would be copied for each record otherwise.
  @inline(__always)
  @_lifetime(borrow self, copy record)
  package func fields(of record: RawSpan) -> InputFields {
    guard let keyDelimiter, let end = ByteSearch.find(keyDelimiter, in: record, from: 0) else {
      return InputFields(key: defaultKey?.span, value: isNull(record) ? nil : record)
    }
    let key = record.extracting(0..<end)
    let value = record.extracting((end + keyDelimiter.count)..<record.byteCount)
    return InputFields(key: isNull(key) ? defaultKey?.span : key, value: isNull(value) ? nil : value)
  }

  /// What stands for null.
  var nullText: Bytes { nullString ?? .empty }

  func isNull(_ field: RawSpan) -> Bool {
    if field.isEmpty { return emptyIsNull || nullString?.isEmpty == true }
    guard let nullString else { return false }
    return ByteSearch.areEqual(field, nullString.span)
  }
}
