import Buffers
import KafkaProtocol

/// gzip (RFC 1952): streams of one member are written, of any number read.
///
/// Whole streams go through libdeflate, which takes half the time of zlib and makes them no larger. What it cannot be
/// given, since it wants to know the size beforehand, and what is damaged, zlib reads.
enum Gzip {
  private static let compressors = ContextPool { GzipCompressor() }
  private static let decompressors = ContextPool { GzipDecompressor() }
  private static let inflaters = ContextPool { GzipInflater() }

  /// Returns nil if there is no memory for it.
  static func compress(_ input: RawSpan, level: Int?) -> Bytes? {
    guard let compressor = compressors.take() else { return nil }
    defer { compressors.giveBack(compressor) }
    return compressor.compress(input, level: level.map { Int32(clamping: $0) } ?? GzipCompressor.defaultLevel)
  }

  static func decompress(_ input: RawSpan, limit: Int) throws(RecordError) -> Bytes {
    if let size = size(of: input), size <= limit, let whole = decompress(input, size: size) { return whole }
    guard let inflater = inflaters.take() else { throw .noMemory(.gzip) }
    defer { inflaters.giveBack(inflater) }
    return try inflater.decompress(input, limit: limit)
  }

  private static func decompress(_ input: RawSpan, size: Int) -> Bytes? {
    guard let decompressor = decompressors.take() else { return nil }
    defer { decompressors.giveBack(decompressor) }
    return decompressor.decompress(input, size: size)
  }

  /// The size that a stream says it has at its end (RFC 1952, section 2.3.1), if so much can come of its bytes.
  private static func size(of input: RawSpan) -> Int? {
    let smallestStream = 18
    guard input.byteCount >= smallestStream else { return nil }
    let end = input.unsafeLoadUnaligned(fromByteOffset: input.byteCount - 4, as: UInt32.self)
    let size = Int(UInt32(littleEndian: end))
    // Deflate makes 258 bytes of 2 bits at the most.
    return size > 0 && size / 1032 <= input.byteCount ? size : nil
  }
}
