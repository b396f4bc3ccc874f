import Buffers
import CDeflate

/// Reads streams of one member whose size is known.
///
/// Unchecked because the pool gives it to one thread at a time.
final class GzipDecompressor: @unchecked Sendable {
  private let context: OpaquePointer

  init?() {
    guard let context = libdeflate_alloc_decompressor() else { return nil }
    self.context = context
  }

  deinit { libdeflate_free_decompressor(context) }

  /// Returns nil for anything but one whole member of exactly `size` bytes.
  func decompress(_ input: RawSpan, size: Int) -> Bytes? {
    var output = BytesBuilder(capacity: size)
    var read = 0
    input.withUnsafeBytes { source in
      output.append(upTo: size) { target in
        let status = libdeflate_gzip_decompress_ex(
          context, source.baseAddress, source.count, target.baseAddress, target.count, &read, nil)
        return status == LIBDEFLATE_SUCCESS ? size : 0
      }
    }
    return output.count == size && read == input.byteCount ? output.finish() : nil
  }
}
