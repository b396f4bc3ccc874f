import Buffers
import CZlib
import KafkaProtocol

/// gzip (RFC 1952): streams of one member are written, of any number read.
enum Gzip {
  private static let deflaters = ContextPool { Deflater() }
  private static let inflaters = ContextPool { Inflater() }

  /// The window of 32 KiB, and 16 for gzip's own header and trailer instead of zlib's.
  fileprivate static let windowBits: Int32 = 15 + 16

  /// Returns nil if there is no memory for it.
  static func compress(_ input: RawSpan, level: Int?) -> Bytes? {
    guard let deflater = deflaters.take() else { return nil }
    defer { deflaters.giveBack(deflater) }
    return deflater.compress(input, level: level.map { Int32(clamping: $0) } ?? Z_DEFAULT_COMPRESSION)
  }

  static func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    guard let inflater = inflaters.take() else { throw .streamDamaged(.gzip, "no memory for it") }
    defer { inflaters.giveBack(inflater) }
    return try inflater.decompress(input, limit: limit)
  }
}

/// Unchecked because the pool gives it to one thread at a time.
private final class Deflater: @unchecked Sendable {
  /// zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var level = Z_DEFAULT_COMPRESSION

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, level, Z_DEFLATED, Gzip.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func compress(_ input: RawSpan, level: Int32) -> Bytes? {
    guard deflateReset(stream) == Z_OK else { return nil }
    if level != self.level {
      guard deflateParams(stream, level, Z_DEFAULT_STRATEGY) == Z_OK else { return nil }
      self.level = level
    }
    let bound = Int(deflateBound(stream, UInt(input.byteCount)))
    var output = BytesBuilder(capacity: bound)
    var ended = false
    input.withUnsafeBytes { source in
      output.append(upTo: bound) { target in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: source.count)
        stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: target.count)
        ended = deflate(stream, Z_FINISH) == Z_STREAM_END
        return target.count - Int(stream.pointee.avail_out)
      }
    }
    return ended ? output.finish() : nil
  }
}

/// Unchecked because the pool gives it to one thread at a time.
private final class Inflater: @unchecked Sendable {
  /// zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, Gzip.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    var output = BoundedOutput(expected: input.byteCount * 4, limit: limit)
    try input.withUnsafeBytes { source throws(RecordError) in
      inflateReset(stream)
      stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(clamping: source.count)
      var ended = false
      while !ended {
        try output.append { target throws(RecordError) in
          let size = min(target.count, Int(Int32.max))
          stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
          stream.pointee.avail_out = UInt32(size)
          ended = try step()
          return size - Int(stream.pointee.avail_out)
        }
      }
    }
    return output.finish()
  }

  /// Inflates until input or output is used up; returns whether the last member has ended.
  private func step() throws(RecordError) -> Bool {
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_STREAM_END:
      guard stream.pointee.avail_in > 0 else { return true }
      inflateReset(stream)
      return false
    case Z_OK where stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0: return false
    case Z_OK, Z_BUF_ERROR: throw .streamCutShort(.gzip)
    default:
      throw .streamDamaged(.gzip, stream.pointee.msg.map { String(cString: $0) } ?? "not a gzip stream")
    }
  }
}
