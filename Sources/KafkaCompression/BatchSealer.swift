import Buffers
package import KafkaProtocol

/// Makes draft batches final. May be used on any thread.
package enum BatchSealer {
  /// Compresses a draft and writes its header and checksum.
  ///
  /// Where compression does not make the batch smaller, or there is no memory for it, the batch is left uncompressed.
  /// - Parameter producer: Whose batch it is, for idempotent producers; for format v2 alone.
  /// - Throws: ``RecordError/codecNotAllowed(_:_:)``.
  package static func seal(
    _ draft: consuming DraftBatch, compression: Compression = .none, producer: ProducerIdentity? = nil
  ) throws(RecordError) -> SealedBatch {
    guard compression.codec.isAllowed(in: draft.format) else {
      throw .codecNotAllowed(compression.codec, draft.format)
    }
    if let compressed = compress(draft.payload, compression, format: draft.format),
      compressed.count < draft.payload.byteCount
    {
      return draft.sealed(compressed: compressed.span, codec: compression.codec, producer: producer)
    }
    return draft.sealed(producer: producer)
  }

  private static func compress(_ payload: RawSpan, _ compression: Compression, format: RecordFormat) -> Bytes? {
    switch compression.codec {
    case .none: nil
    case .gzip: Gzip.compress(payload, level: compression.level)
    case .snappy: Snappy.compress(payload)
    case .lz4: LZ4.compress(payload, level: compression.level, format: format)
    case .zstd: Zstd.compress(payload, level: compression.level)
    }
  }
}
