import Buffers
package import KafkaProtocol

/// Verifies and decompresses batches. May be used on any thread.
package enum BatchOpener {
  /// Makes the records of a batch readable; an uncompressed batch is not copied.
  /// - Parameter limit: The most bytes that the records may have once decompressed. A 32nd of it again is
  ///   allocated while they are. Records that are not compressed have the size they have.
  package static func open(_ batch: RecordBatch, limit: Int) throws(RecordError) -> OpenedBatch {
    try batch.verifyChecksum()
    let payload = try batch.payload
    // Compaction may leave a batch that says it is compressed and has nothing in it.
    guard batch.codec != .none, batch.recordCount != 0 || !payload.isEmpty else {
      return try OpenedBatch(batch, payload: payload)
    }
    return try OpenedBatch(batch, payload: decompress(payload.span, of: batch, limit: limit))
  }

  private static func decompress(_ payload: RawSpan, of batch: RecordBatch, limit: Int) throws(RecordError) -> Bytes {
    switch batch.codec {
    case .none: Bytes(copying: payload)
    case .gzip: try Gzip.decompress(payload, limit: limit)
    case .snappy: try Snappy.decompress(payload, limit: limit)
    case .lz4: try LZ4.decompress(payload, limit: limit, format: batch.format)
    case .zstd: try Zstd.decompress(payload, limit: limit)
    }
  }
}
