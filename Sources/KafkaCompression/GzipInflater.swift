import Buffers
import CZlib
import KafkaProtocol

/// Reads streams of gzip of any number of members piece by piece with zlib, whatever they say of their size.
///
/// Unchecked because the pool gives it to one thread at a time.
final class GzipInflater: @unchecked Sendable {
  /// The window of 32 KiB, and 16 for gzip's own header and trailer instead of zlib's.
  private static let windowBits: Int32 = 15 + 16

  /// zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
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
    case Z_MEM_ERROR: throw .noMemory(.gzip)
    default:
      throw .streamDamaged(.gzip, stream.pointee.msg.map { String(cString: $0) } ?? "not a gzip stream")
    }
  }
}
