/// A growing buffer that becomes ``Bytes`` without a copy.
///
/// Integers are written big-endian, as network protocols have them. What appends is inlined where it is called, also in
/// other modules: records are written with many short appends, and of most of them only a comparison and a store are
/// left.
@frozen
@usableFromInline
package struct BytesBuilder: ~Copyable {
  @usableFromInline var storage: ByteStorage
  /// The number of bytes written.
  @usableFromInline package internal(set) var count = 0

  /// Creates a builder that holds `capacity` bytes before it has to grow.
  @usableFromInline
  package init(capacity: Int = 256) {
    storage = ByteStorage(capacity: max(capacity, 16))
  }

  /// The number of bytes that fit before the buffer grows.
  @inlinable package var capacity: Int { storage.capacity }

  /// Makes room for `additional` more bytes, at least doubling the buffer where it must grow.
  ///
  /// What is asked for gets a sixteenth more, so that a delimiter behind a long value does not make a copy of it.
  @inlinable
  package mutating func reserve(_ additional: Int) {
    if additional > storage.capacity - count { grow(by: additional) }
  }

  @usableFromInline
  mutating func grow(by additional: Int) {
    let needed = count + additional
    let grown = ByteStorage(capacity: max(needed + needed / 16, storage.capacity * 2))
    grown.base.copyMemory(from: storage.base, byteCount: count)
    storage = grown
  }

  /// Appends what `write` puts into the `size` bytes it is given.
  @inlinable
  package mutating func append<Failure: Error>(
    size: Int, _ write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    reserve(size)
    try write(UnsafeMutableRawBufferPointer(start: storage.base + count, count: size))
    count += size
  }

  /// Appends at most `size` bytes: as many as `write` says it wrote.
  @inlinable
  package mutating func append<Failure: Error>(
    upTo size: Int, _ write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(size)
    let written = try write(UnsafeMutableRawBufferPointer(start: storage.base + count, count: size))
    precondition(written >= 0 && written <= size)
    count += written
  }

  @inlinable
  package mutating func append(_ span: RawSpan) {
    reserve(span.byteCount)
    span.withUnsafeBytes { source in
      if let address = source.baseAddress {
        (storage.base + count).copyMemory(from: address, byteCount: source.count)
      }
    }
    count += span.byteCount
  }

  /// Appends bytes that are often one: a delimiter, for which no copying function is called.
  @inlinable
  @inline(__always)
  package mutating func append(_ bytes: Bytes) {
    if bytes.count == 1 { append(byte: bytes[0]) } else { append(bytes.span) }
  }

  package mutating func append(_ bytes: [UInt8]) { append(bytes.span.bytes) }

  package mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { append(size: $0.count, copying: UnsafeRawBufferPointer($0)) }
  }

  private mutating func append(size: Int, copying source: UnsafeRawBufferPointer) {
    reserve(size)
    UnsafeMutableRawBufferPointer(start: storage.base + count, count: size).copyMemory(from: source)
    count += size
  }

  @inlinable
  package mutating func append(byte: UInt8) {
    reserve(1)
    storage.base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  @inlinable
  package mutating func append(bigEndian value: some FixedWidthInteger & BitwiseCopyable) {
    let size = value.bitWidth / 8
    reserve(size)
    storage.base.storeBytes(of: value.bigEndian, toByteOffset: count, as: type(of: value))
    count += size
  }

  /// Overwrites bytes already written, such as a length that is known only later.
  @inlinable
  package mutating func overwrite(at offset: Int, bigEndian value: some FixedWidthInteger & BitwiseCopyable) {
    precondition(offset >= 0 && offset + value.bitWidth / 8 <= count)
    storage.base.storeBytes(of: value.bigEndian, toByteOffset: offset, as: type(of: value))
  }

  /// The bytes written so far, readable until the builder changes.
  @inlinable
  package var span: RawSpan {
    @_lifetime(borrow self)
    get {
      let span = RawSpan(_unsafeStart: storage.base, byteCount: count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Forgets all but the first `newCount` bytes; the buffer stays.
  @inlinable
  package mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  /// Ends the builder and gives out what it wrote; nothing is copied.
  package consuming func finish() -> Bytes {
    Bytes(storage: storage, start: 0, count: count)
  }

  /// Gives out what was written and starts anew with a buffer of `capacity` bytes.
  package mutating func take(nextCapacity: Int) -> Bytes {
    let bytes = Bytes(storage: storage, start: 0, count: count)
    storage = ByteStorage(capacity: max(nextCapacity, 16))
    count = 0
    return bytes
  }
}
