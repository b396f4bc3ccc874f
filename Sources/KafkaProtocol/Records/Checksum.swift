import CCRC32C
import CZlib

/// CRC-32C (Castagnoli), over record batches of format v2.
package enum CRC32C {
  package static func checksum(_ span: RawSpan) -> UInt32 {
    span.withUnsafeBytes { crc32c_extend(0, $0.baseAddress, $0.count) }
  }
}

/// CRC-32 (IEEE 802.3), over messages of format v0 and v1.
package enum CRC32 {
  package static func checksum(_ span: RawSpan) -> UInt32 {
    span.withUnsafeBytes { bytes in
      UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
    }
  }
}
