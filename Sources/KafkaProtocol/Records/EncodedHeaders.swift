/// The headers of a record as format v2 has them, encoded once for all records that carry them.
///
/// One value can be emptied and filled again for each record, and then allocates only to grow.
package struct EncodedHeaders: Sendable {
  /// The number of headers.
  package private(set) var count: Int = 0
  /// The headers, one after another, without their count.
  private(set) var encoded: [UInt8] = []

  package static let none = EncodedHeaders()

  package init() {}

  package init(_ pairs: some Sequence<(name: String, value: [UInt8]?)>) {
    for (name, value) in pairs {
      append(name: Array(name.utf8).span.bytes, value: value?.span.bytes)
    }
  }

  /// The bytes that the headers take in a record.
  package var byteCount: Int { encoded.count }

  package var isEmpty: Bool { count == 0 }

  /// Appends a header. Names may repeat; a value may be null.
  package mutating func append(name: RawSpan, value: RawSpan?) {
    count += 1
    append(length: name.byteCount)
    append(bytes: name)
    append(length: value?.byteCount ?? -1)
    if let value { append(bytes: value) }
  }

  /// Forgets all headers and keeps the memory.
  package mutating func removeAll() {
    count = 0
    encoded.removeAll(keepingCapacity: true)
  }

  private mutating func append(length: Int) {
    var rest = Varint.zigZag(Int64(length))
    while rest > 127 {
      encoded.append(UInt8(truncatingIfNeeded: rest | 128))
      rest >>= 7
    }
    encoded.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func append(bytes: RawSpan) {
    bytes.withUnsafeBytes { encoded.append(contentsOf: $0) }
  }
}
