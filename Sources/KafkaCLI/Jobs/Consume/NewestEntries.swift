import Buffers

/// The newest so many records, by time and then place, in their form for the output.
///
/// All forms lie in one buffer. It is put together anew when more than half of it is of records that have made room for
/// newer ones, so that it takes up to twice the bytes that are held, and as much again while it grows.
struct NewestEntries: ~Copyable {
  private struct Entry: Comparable {
    let timestamp: Int64
    let partition: Int
    let offset: Int64
    /// Where its form is in the buffer.
    var start = 0
    var size = 0

    static func < (left: Entry, right: Entry) -> Bool {
      (left.timestamp, left.partition, left.offset) < (right.timestamp, right.partition, right.offset)
    }

    static func == (left: Entry, right: Entry) -> Bool {
      (left.timestamp, left.partition, left.offset) == (right.timestamp, right.partition, right.offset)
    }
  }

  /// From how many bytes on it is worth to put the buffer together anew.
  private static let smallestRest = 1 << 16

  private let count: Int
  /// The oldest first.
  private var newest = BinaryHeap<Entry>()
  private var buffer = BytesBuilder(capacity: 1 << 12)
  /// The bytes of the buffer that belong to no record any more.
  private var unusedBytes = 0

  /// - Parameter count: How many records are kept at most.
  init(_ count: Int) { self.count = count }

  /// The bytes of all forms, and what is remembered of each record.
  var heldBytes: Int { buffer.count - unusedBytes + newest.count * MemoryLayout<Entry>.stride }

  /// The bytes of memory that the forms take, those of records that are not kept any more included.
  var bufferBytes: Int { buffer.count }

  /// Keeps a record if it is newer than the oldest of those kept, which then makes room for it.
  ///
  /// - Complexity: O(*n* + log *m*) in the bytes of the record and the number of records kept, over many calls.
  mutating func keep(timestamp: Int64, partition: Int, offset: Int64, _ bytes: RawSpan) {
    var entry = Entry(timestamp: timestamp, partition: partition, offset: offset)
    if newest.count == count {
      guard let oldest = newest.first, oldest < entry else { return }
      unusedBytes += newest.popFirst()?.size ?? 0
      if unusedBytes > max(buffer.count / 2, Self.smallestRest) { dropUnused() }
    }
    (entry.start, entry.size) = (buffer.count, bytes.byteCount)
    buffer.append(bytes)
    newest.insert(entry)
  }

  private mutating func dropUnused() {
    var rest = BytesBuilder(capacity: buffer.count - unusedBytes)
    var kept = newest
    newest = BinaryHeap()
    kept.updateInPlace { entry in
      let start = rest.count
      rest.append(buffer.span.extracting(entry.start..<entry.start + entry.size))
      entry.start = start
    }
    newest = kept
    buffer = rest
    unusedBytes = 0
  }

  /// Calls `body` with the form of each record, the oldest first.
  func forEach<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Void) throws(Failure) {
    for entry in newest.elements.sorted() {
      try body(buffer.span.extracting(entry.start..<entry.start + entry.size))
    }
  }
}
