import Buffers
import KafkaProtocol

/// Where decompressed bytes go: memory that grows with what is written, never past a limit.
///
/// No more than the limit, and a 32nd of it again while it grows, is allocated, whatever a stream says of its size.
struct BoundedOutput: ~Copyable {
  private var storage: ByteStorage
  private var count = 0
  private let limit: Int

  /// - Parameter expected: A guess of the size, from bytes that are there, not from what they say.
  init(expected: Int, limit: Int) {
    precondition(limit >= 0 && limit < Int.max)
    self.limit = limit
    storage = ByteStorage(capacity: Self.capacity(for: max(expected, 1024), limit: limit))
  }

  /// One more than the limit, so that a stream that ends at the limit differs from one that goes on.
  ///
  /// What needs a 32nd of the limit may have all of it: a step that ended just below the limit would be there twice
  /// while it is copied, and memory that is not written costs nothing.
  private static func capacity(for size: Int, limit: Int) -> Int { size > limit / 32 ? limit + 1 : size }

  /// Calls `write` with memory that is not empty, and keeps as many bytes as it says it wrote.
  mutating func append(_ write: (UnsafeMutableRawBufferPointer) throws(RecordError) -> Int) throws(RecordError) {
    try reserve(1)
    let end = min(storage.capacity, limit + 1)
    let free = UnsafeMutableRawBufferPointer(start: storage.base + count, count: end - count)
    let written = try write(free)
    precondition(written >= 0 && written <= free.count)
    count += written
    guard count <= limit else { throw .tooLarge(limit: limit) }
  }

  /// Makes room for `size` bytes at once.
  mutating func reserve(_ size: Int) throws(RecordError) {
    guard size <= limit + 1 - count else { throw .tooLarge(limit: limit) }
    guard size > storage.capacity - count else { return }
    let grown = ByteStorage(capacity: Self.capacity(for: max(count + size, storage.capacity * 2), limit: limit))
    grown.base.copyMemory(from: storage.base, byteCount: count)
    storage = grown
  }

  /// Ends the output; nothing is copied.
  consuming func finish() -> Bytes { Bytes(storage: storage, start: 0, count: count) }
}
