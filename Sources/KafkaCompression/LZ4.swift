import Buffers
import CLZ4
import KafkaProtocol

/// LZ4 in its frame format, with blocks that are independent of each other, as Java's reader requires.
enum LZ4 {
  private static let compressors = ContextPool { Compressor() }
  private static let decompressors = ContextPool { Decompressor() }

  /// Returns nil if there is no memory for it.
  static func compress(_ input: RawSpan, level: Int?, format: RecordFormat) -> Bytes? {
    guard let compressor = compressors.take() else { return nil }
    defer { compressors.giveBack(compressor) }
    return compressor.compress(input, level: level, hasHistoricalChecksum: format == .v0)
  }

  static func decompress(_ input: RawSpan, limit: Int, format: RecordFormat) throws(RecordError) -> Bytes {
    guard let decompressor = decompressors.take() else { throw .noMemory(.lz4) }
    defer { decompressors.giveBack(decompressor) }
    guard format == .v0 else { return try decompressor.decompress(input, limit: limit) }
    var frame = input.withUnsafeBytes { Array($0) }
    LZ4FrameHeader.correctChecksum(of: &frame)
    return try decompressor.decompress(frame.span.bytes, limit: limit)
  }
}

/// Unchecked because the pool gives it to one thread at a time.
private final class Compressor: @unchecked Sendable {
  private let context: OpaquePointer

  init?() {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createCompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context else {
      return nil
    }
    self.context = context
  }

  deinit { LZ4F_freeCompressionContext(context) }

  func compress(_ input: RawSpan, level: Int?, hasHistoricalChecksum: Bool) -> Bytes? {
    var preferences = LZ4F_preferences_t()
    preferences.frameInfo.blockSizeID = LZ4F_max64KB
    preferences.frameInfo.blockMode = LZ4F_blockIndependent
    preferences.compressionLevel = level.map { Int32(clamping: $0) } ?? 0
    preferences.autoFlush = 1
    let bound = LZ4FrameHeader.maximumSize + LZ4F_compressBound(input.byteCount, &preferences)
    var output = BytesBuilder(capacity: bound)
    var failed = false
    input.withUnsafeBytes { source in
      output.append(upTo: bound) { target in
        var written = 0
        func keep(_ size: Int) {
          failed = failed || LZ4F_isError(size) != 0
          if !failed { written += size }
        }
        func rest() -> (UnsafeMutableRawPointer?, Int) {
          (target.baseAddress.map { $0 + written }, target.count - written)
        }
        var (next, room) = rest()
        keep(LZ4F_compressBegin(context, next, room, &preferences))
        (next, room) = rest()
        if !failed { keep(LZ4F_compressUpdate(context, next, room, source.baseAddress, source.count, nil)) }
        (next, room) = rest()
        if !failed { keep(LZ4F_compressEnd(context, next, room, nil)) }
        if !failed, hasHistoricalChecksum { LZ4FrameHeader.writeHistoricalChecksum(to: target) }
        return written
      }
    }
    return failed ? nil : output.finish()
  }
}

/// Unchecked because the pool gives it to one thread at a time.
///
/// The library takes memory for two blocks of a frame's largest size, 8 MiB at the most.
private final class Decompressor: @unchecked Sendable {
  private let context: OpaquePointer

  init?() {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context else {
      return nil
    }
    self.context = context
  }

  deinit { LZ4F_freeDecompressionContext(context) }

  func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    guard input.byteCount > 0 else { throw .streamCutShort(.lz4) }
    var output = BoundedOutput(expected: input.byteCount * 4, limit: limit)
    LZ4F_resetDecompressionContext(context)
    try input.withUnsafeBytes { source throws(RecordError) in
      var position = 0
      var ended = false
      while !ended {
        try output.append { target throws(RecordError) in
          var written = target.count
          var read = source.count - position
          let status = LZ4F_decompress(
            context, target.baseAddress, &written, source.baseAddress.map { $0 + position }, &read, nil)
          guard LZ4F_isError(status) == 0 else {
            throw .streamDamaged(.lz4, String(cString: LZ4F_getErrorName(status)))
          }
          position += read
          let isAtEnd = position == source.count
          ended = status == 0 && isAtEnd
          guard ended || !isAtEnd || written == target.count else { throw .streamCutShort(.lz4) }
          guard ended || read > 0 || written > 0 else { throw .streamDamaged(.lz4, "no progress") }
          return written
        }
      }
    }
    return output.finish()
  }
}
