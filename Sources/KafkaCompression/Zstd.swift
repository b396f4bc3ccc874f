import Buffers
import CZstd
import KafkaProtocol

/// Zstandard (RFC 8878): one frame is written, any number read, with or without their content's size.
enum Zstd {
  private static let compressors = ContextPool { Compressor() }
  private static let decompressors = ContextPool { ZstdDecompressor() }

  /// Returns nil if there is no memory for it.
  static func compress(_ input: RawSpan, level: Int?) -> Bytes? {
    guard let compressor = compressors.take() else { return nil }
    defer { compressors.giveBack(compressor) }
    return compressor.compress(input, level: level)
  }

  static func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    guard let decompressor = decompressors.take() else { throw .noMemory(.zstd) }
    defer { if decompressor.isWorthKeeping { decompressors.giveBack(decompressor) } }
    return try decompressor.decompress(input, limit: limit)
  }
}

/// Unchecked because the pool gives it to one thread at a time.
private final class Compressor: @unchecked Sendable {
  private let context: OpaquePointer

  init?() {
    guard let context = ZSTD_createCCtx() else { return nil }
    self.context = context
  }

  deinit { ZSTD_freeCCtx(context) }

  func compress(_ input: RawSpan, level: Int?) -> Bytes? {
    let level = level.map { Int32(clamping: $0) } ?? ZSTD_defaultCLevel()
    guard ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)) == 0 else { return nil }
    let bound = ZSTD_compressBound(input.byteCount)
    var output = BytesBuilder(capacity: bound)
    var failed = false
    input.withUnsafeBytes { source in
      output.append(upTo: bound) { target in
        let size = ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
        failed = ZSTD_isError(size) != 0
        return failed ? 0 : size
      }
    }
    return failed ? nil : output.finish()
  }
}

/// Unchecked because the pool gives it to one thread at a time.
///
/// Streams, so that the output can be bounded. The library takes memory for the window a frame asks for, 128 MiB at the
/// most, which producers at the highest levels do ask for; it touches only as much of it as the frame fills.
final class ZstdDecompressor: @unchecked Sendable {
  private let context: OpaquePointer

  init?() {
    guard let context = ZSTD_createDCtx() else { return nil }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Whether it holds no more memory than most frames need: levels up to 19 have windows of 8 MiB.
  ///
  /// The library keeps what the largest frame so far has asked for.
  var isWorthKeeping: Bool { ZSTD_sizeof_DCtx(context) <= 12 << 20 }

  func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    var output = BoundedOutput(expected: input.byteCount * 4, limit: limit)
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    try input.withUnsafeBytes { source throws(RecordError) in
      var source = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      var ended = false
      while !ended {
        try output.append { target throws(RecordError) in
          var target = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let status = ZSTD_decompressStream(context, &target, &source)
          guard ZSTD_isError(status) == 0 else {
            throw ZSTD_getErrorCode(status) == ZSTD_error_memory_allocation
              ? .noMemory(.zstd) : .streamDamaged(.zstd, String(cString: ZSTD_getErrorName(status)))
          }
          let isAtEnd = source.pos == source.size
          ended = status == 0 && isAtEnd
          guard ended || !isAtEnd || target.pos == target.size else { throw .streamCutShort(.zstd) }
          return target.pos
        }
      }
    }
    return output.finish()
  }
}
