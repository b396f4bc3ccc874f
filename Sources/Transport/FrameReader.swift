import Buffers

/// Cuts a stream of bytes into frames: a 4-byte big-endian length, then that many bytes.
///
/// The caller reads into a buffer that it may share between streams, and lets ``nextFrame(in:position:)`` take from it.
/// A frame that has only begun gets a buffer of its own; what is missing of it can be read straight into that by
/// ``fill(_:)``. So a byte is copied at most once, and an idle stream holds no buffer.
struct FrameReader: ~Copyable {
  private let limit: Int
  /// The bytes of a length that has not come whole, first byte highest.
  private var head: UInt32 = 0
  private var headCount = 0
  private var body: ByteStorage?
  private var bodySize = 0
  private var bodyCount = 0

  /// - Parameter maximumFrameSize: The largest length accepted, in bytes, without the length itself.
  init(maximumFrameSize: Int) {
    limit = min(max(maximumFrameSize, 0), Int(Int32.max))
  }

  /// The number of bytes that the frame which has begun still needs; 0 while its length is not known.
  var missingBytes: Int { body == nil ? 0 : bodySize - bodyCount }

  /// Whether the stream would be cut within a frame if it ended now.
  var isWithinFrame: Bool { headCount > 0 || body != nil }

  /// Takes bytes of `chunk`, from `position` on, until a frame is whole or the chunk is used up.
  ///
  /// - Returns: The frame, in a buffer of its own; nil when the chunk is used up.
  /// - Throws: When a length is negative or above the limit, before memory is reserved. The reader is then unusable.
  mutating func nextFrame(in chunk: RawSpan, position: inout Int) throws(TransportError) -> Bytes? {
    if body == nil, try !takeHead(chunk, &position) { return nil }
    guard let body else { return nil }
    let size = min(chunk.byteCount - position, bodySize - bodyCount)
    if size > 0 {
      chunk.extracting(position..<position + size).withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(start: body.base + bodyCount, count: size).copyMemory(from: source)
      }
      position += size
      bodyCount += size
    }
    return takeFrame()
  }

  /// Gives `read` the room that the begun frame still needs, and counts as received what it says it put there.
  ///
  /// - Precondition: ``missingBytes`` is above 0.
  mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) {
    guard let body else { preconditionFailure("no frame has begun") }
    let size = read(UnsafeMutableRawBufferPointer(start: body.base + bodyCount, count: missingBytes))
    precondition(size >= 0 && size <= missingBytes)
    bodyCount += size
  }

  /// Takes out the frame that has become whole by ``fill(_:)``.
  mutating func takeFrame() -> Bytes? {
    guard let body, bodyCount == bodySize else { return nil }
    let frame = Bytes(storage: body, start: 0, count: bodySize)
    self.body = nil
    bodySize = 0
    bodyCount = 0
    return frame
  }

  /// Completes the length from the chunk and reserves the frame's buffer; false when more bytes are needed.
  private mutating func takeHead(_ chunk: RawSpan, _ position: inout Int) throws(TransportError) -> Bool {
    while headCount < 4 {
      guard position < chunk.byteCount else { return false }
      head = head << 8 | UInt32(chunk.unsafeLoad(fromByteOffset: position, as: UInt8.self))
      position += 1
      headCount += 1
    }
    let length = Int32(bitPattern: head)
    guard length >= 0, length <= limit else {
      throw TransportError.frameLength(
        length, limit: limit, head: (0..<4).map { UInt8(truncatingIfNeeded: head >> (24 - 8 * $0)) })
    }
    head = 0
    headCount = 0
    body = ByteStorage(capacity: Int(length))
    bodySize = Int(length)
    return true
  }
}
