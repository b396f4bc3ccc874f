import Buffers
import CDeflate

/// Writes streams of one member.
///
/// Unchecked because the pool gives it to one thread at a time.
final class GzipCompressor: @unchecked Sendable {
  static let defaultLevel: Int32 = 6

  private var level = GzipCompressor.defaultLevel
  private var context: OpaquePointer

  init?() {
    guard let context = libdeflate_alloc_compressor(level) else { return nil }
    self.context = context
  }

  deinit { libdeflate_free_compressor(context) }

  /// Returns nil if there is no memory for it.
  func compress(_ input: RawSpan, level: Int32) -> Bytes? {
    guard adopt(level) else { return nil }
    let bound = libdeflate_gzip_compress_bound(context, input.byteCount)
    var output = BytesBuilder(capacity: bound)
    input.withUnsafeBytes { source in
      output.append(upTo: bound) { target in
        libdeflate_gzip_compress(context, source.baseAddress, source.count, target.baseAddress, target.count)
      }
    }
    return output.count > 0 ? output.finish() : nil
  }

  /// A context is made for one level.
  private func adopt(_ level: Int32) -> Bool {
    guard level != self.level else { return true }
    guard let other = libdeflate_alloc_compressor(level) else { return false }
    libdeflate_free_compressor(context)
    context = other
    self.level = level
    return true
  }
}
