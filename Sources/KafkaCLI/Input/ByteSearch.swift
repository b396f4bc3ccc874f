import Buffers
import CLinux
import Glibc

/// Finds a sequence of bytes in others, at the speed of libc.
enum ByteSearch {
  /// The offset of the first occurrence of `needle`, which is not empty, at or after `start`.
  ///
  /// - Complexity: Linear in the bytes looked at, whatever they are.
  static func find(_ needle: Bytes, in haystack: RawSpan, from start: Int) -> Int? {
    haystack.withUnsafeBytes { bytes -> Int? in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      let found: UnsafeRawPointer?
      if needle.count == 1 {
        found = memchr(base + start, Int32(needle[0]), bytes.count - start).map { UnsafeRawPointer($0) }
      } else {
        found = needle.withUnsafeBytes { needle in
          kavka_memmem(base + start, UInt(bytes.count - start), needle.baseAddress, UInt(needle.count)).map {
            UnsafeRawPointer($0)
          }
        }
      }
      return found.map { base.distance(to: $0) }
    }
  }

  static func areEqual(_ first: RawSpan, _ second: RawSpan) -> Bool {
    guard first.byteCount == second.byteCount else { return false }
    return first.withUnsafeBytes { first in
      second.withUnsafeBytes { second in
        guard let left = first.baseAddress, let right = second.baseAddress else { return true }
        return memcmp(left, right, first.count) == 0
      }
    }
  }
}
