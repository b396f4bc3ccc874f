import Buffers

/// Collects records, encoded, until they are a batch.
///
/// Each record's size is computed first and then written once. The memory grows, by being copied, where it was not
/// reserved at the start.
package struct RecordBatchBuilder: ~Copyable {
  package let format: RecordFormat
  /// The number of records.
  package private(set) var count = 0
  /// The number of bytes of the batch so far, uncompressed and with its header.
  package private(set) var byteCount: Int

  /// The bytes of memory that are reserved, written or not.
  package private(set) var reservedBytes: Int

  private let capacity: Int
  private var storage: ByteStorage
  /// How many bytes the batch may have before anything else has to be looked at.
  private var room: Int
  private var baseTimestamp: Int64 = -1
  private var maxTimestamp: Int64 = -1
  private var lastOffset: Int64 = -1

  /// No field of the formats counts more bytes than this.
  private static let maximumByteCount = Int(Int32.max)

  /// - Parameters:
  ///   - capacity: The most bytes that the batch may have before compression.
  ///   - reserving: For how many bytes there is memory at the start; nil for all of them.
  package init(format: RecordFormat = .v2, capacity: Int, reserving: Int? = nil) {
    precondition(capacity >= 0)
    let capacity = min(capacity, Self.maximumByteCount)
    let headerSize = DraftBatch.headerSize(format)
    // Nothing of `self` is read before all of it is there: Swift 6.3 releases a field twice otherwise, when optimizing.
    let storage = ByteStorage(capacity: max(min(reserving ?? capacity, capacity), headerSize))
    self.format = format
    self.capacity = capacity
    self.storage = storage
    byteCount = headerSize
    reservedBytes = storage.capacity
    room = min(storage.capacity, capacity)
  }

  package var isEmpty: Bool { count == 0 }

  /// Appends one record.
  /// - Parameters:
  ///   - headers: None in format v0 and v1, which have no place for them.
  ///   - timestamp: Milliseconds since 1970-01-01 UTC, or -1 for none; not kept by format v0.
  /// - Returns: Whether it fitted; if not, nothing has changed. The first record fits whatever the capacity, unless
  ///   its size exceeds what the format can say (2 GiB).
  /// - Complexity: O(*n*) in the bytes of the record; allocates only for a first record above the capacity.
  package mutating func append(
    key: RawSpan?, value: RawSpan?, headers: borrowing EncodedHeaders = .none, timestamp: Int64
  ) -> Bool {
    append(
      key: key, value: value, headerCount: headers.count, headers: headers.encoded.span.bytes, timestamp: timestamp,
      offset: Int64(count))
  }

  /// Appends one record at an offset, counted from the batch's first, that is above all before it.
  mutating func append(
    key: RawSpan?, value: RawSpan?, headerCount: Int, headers: RawSpan, timestamp: Int64, offset: Int64
  ) -> Bool {
    let appended =
      switch format {
      case .v2:
        appendRecord(
          key: key, value: value, headerCount: headerCount, headers: headers, timestamp: timestamp, offset: offset)
      case .v0, .v1:
        appendMessage(key: key, value: value, headerCount: headerCount, timestamp: timestamp, offset: offset)
      }
    guard appended else { return false }
    maxTimestamp = count == 0 ? timestamp : max(maxTimestamp, timestamp)
    lastOffset = offset
    count += 1
    return true
  }

  private mutating func appendRecord(
    key: RawSpan?, value: RawSpan?, headerCount: Int, headers: RawSpan, timestamp: Int64, offset: Int64
  ) -> Bool {
    if count == 0 { baseTimestamp = timestamp }
    let timestampDelta = timestamp &- baseTimestamp
    let keySize = Int64(key?.byteCount ?? -1)
    let valueSize = Int64(value?.byteCount ?? -1)
    var size = 1 + Varint.size(timestampDelta) + Varint.size(offset)
    size += Varint.size(keySize) + max(Int(keySize), 0)
    size += Varint.size(valueSize) + max(Int(valueSize), 0)
    size += Varint.size(Int64(headerCount)) + headers.byteCount
    guard makeRoom(for: Varint.size(Int64(size)) + size) else { return false }

    var target = storage.base + byteCount
    Varint.write(Int64(size), to: &target)
    target.write(bigEndian: Int8(0))
    Varint.write(timestampDelta, to: &target)
    Varint.write(offset, to: &target)
    Varint.write(keySize, to: &target)
    if let key { target.write(key) }
    Varint.write(valueSize, to: &target)
    if let value { target.write(value) }
    Varint.write(Int64(headerCount), to: &target)
    target.write(headers)
    byteCount = target - storage.base
    return true
  }

  private mutating func appendMessage(
    key: RawSpan?, value: RawSpan?, headerCount: Int, timestamp: Int64, offset: Int64
  ) -> Bool {
    precondition(headerCount == 0, "record formats before v2 have no headers")
    let size = Message.size(format: format, key: key?.byteCount, value: value?.byteCount)
    guard makeRoom(for: size) else { return false }
    if count == 0 { baseTimestamp = timestamp }
    let target = UnsafeMutableRawBufferPointer(start: storage.base + byteCount, count: size)
    Message.write(
      to: target, format: format, offset: offset, codec: .none, timestamp: timestamp, key: key, value: value)
    byteCount += size
    return true
  }

  /// Whether `size` more bytes may be appended; then there is memory for them.
  private mutating func makeRoom(for size: Int) -> Bool {
    size <= room - byteCount || grow(by: size)
  }

  private mutating func grow(by size: Int) -> Bool {
    guard size <= capacity - byteCount || count == 0 && size <= Self.maximumByteCount - byteCount else { return false }
    let needed = byteCount + size
    let grown = ByteStorage(capacity: max(needed, min(storage.capacity * 2, capacity)))
    grown.base.copyMemory(from: storage.base, byteCount: byteCount)
    storage = grown
    reservedBytes = grown.capacity
    // A first record that is larger than the batch may be leaves no room for another.
    room = min(storage.capacity, max(needed, capacity))
    return true
  }

  /// Ends the batch; nothing is copied.
  package consuming func finish() -> DraftBatch {
    DraftBatch(
      format: format, recordCount: count, byteCount: byteCount, storage: storage, baseTimestamp: baseTimestamp,
      maxTimestamp: maxTimestamp, lastOffset: lastOffset)
  }
}
