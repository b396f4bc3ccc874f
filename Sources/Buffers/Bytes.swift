#if canImport(Glibc)
  import Glibc
#endif

/// The memory behind ``Bytes``: allocated once, not zeroed, freed with the last slice. Large memory comes from the
/// ``BlockPool`` and goes back to it.
///
/// Unchecked because the compiler cannot see the rule that makes it safe: a storage is written only by the one
/// ``BytesBuilder`` that made it, and only before any ``Bytes`` of the written part exists.
@usableFromInline
package final class ByteStorage: @unchecked Sendable {
  @usableFromInline package let base: UnsafeMutableRawPointer
  /// How many bytes there are: at least as many as were asked for.
  @usableFromInline package let capacity: Int

  @usableFromInline
  package init(capacity: Int) {
    if capacity < BlockPool.minimumBlockSize {
      self.capacity = capacity
      base = .allocate(byteCount: max(capacity, 1), alignment: 16)
    } else {
      let block = BlockPool.shared.take(capacity)
      self.capacity = block.capacity
      base = block.base
    }
  }

  deinit {
    if capacity < BlockPool.minimumBlockSize {
      base.deallocate()
    } else {
      BlockPool.shared.giveBack(.init(base: base, capacity: capacity))
    }
  }
}

/// An immutable slice of a reference-counted buffer.
///
/// Slicing and copying the value never copy the bytes; the buffer lives as long as its last slice.
@frozen
@usableFromInline
package struct Bytes: Sendable {
  @usableFromInline package let storage: ByteStorage
  @usableFromInline let start: Int
  /// The number of bytes.
  @usableFromInline package let count: Int

  @inlinable
  package init(storage: ByteStorage, start: Int, count: Int) {
    precondition(start >= 0 && count >= 0 && start + count <= storage.capacity)
    self.storage = storage
    self.start = start
    self.count = count
  }

  /// No bytes.
  package static let empty = Bytes(storage: ByteStorage(capacity: 0), start: 0, count: 0)

  @inlinable package var isEmpty: Bool { count == 0 }

  /// The bytes as a span that cannot outlive this value; nothing is copied.
  @inlinable
  package var span: RawSpan {
    @_lifetime(borrow self)
    get {
      let span = RawSpan(_unsafeStart: storage.base + start, byteCount: count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes of `range`, counted from this slice's first byte, sharing the buffer.
  @inlinable
  package subscript(range: Range<Int>) -> Bytes {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return Bytes(storage: storage, start: start + range.lowerBound, count: range.count)
  }

  @inlinable
  package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return storage.base.load(fromByteOffset: start + index, as: UInt8.self)
  }

  /// Calls `body` with the bytes. The pointer is valid during the call only.
  @inlinable
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: storage.base + start, count: count))
  }
}

extension Bytes {
  /// Copies a sequence of bytes into a buffer of its own.
  package init(copying bytes: some Collection<UInt8>) {
    let storage = ByteStorage(capacity: bytes.count)
    let target = UnsafeMutableRawBufferPointer(start: storage.base, count: bytes.count)
    target.copyBytes(from: bytes)
    self.init(storage: storage, start: 0, count: bytes.count)
  }

  /// Copies a span into a buffer of its own.
  package init(copying span: RawSpan) {
    let storage = ByteStorage(capacity: span.byteCount)
    span.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: storage.base, count: source.count).copyMemory(from: source)
    }
    self.init(storage: storage, start: 0, count: span.byteCount)
  }

  /// The text as UTF-8.
  package init(utf8 text: String) {
    self.init(copying: Array(text.utf8))
  }

  /// The bytes as an array, copied.
  package var array: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension Bytes: Equatable {
  @usableFromInline
  package static func == (left: Bytes, right: Bytes) -> Bool {
    left.count == right.count
      && memcmp(left.storage.base + left.start, right.storage.base + right.start, left.count) == 0
  }
}
