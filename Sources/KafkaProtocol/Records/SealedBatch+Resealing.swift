import Buffers

extension SealedBatch {
  /// Returns the same records under another producer id, epoch or sequence, which a producer needs once its epoch was
  /// bumped (KIP-360).
  ///
  /// Copies the batch and computes its checksum; the records are not compressed again.
  package func resealed(producer: ProducerIdentity) -> SealedBatch {
    precondition(format == .v2, "record formats before v2 have no producer")
    var header = BatchHeader(reading: bytes.span)
    header.setProducer(producer)
    let copy = ByteStorage(capacity: bytes.count)
    var records = copy.base + BatchHeader.size
    records.write(bytes.span.extracting(BatchHeader.size..<bytes.count))
    header.write(to: UnsafeMutableRawBufferPointer(start: copy.base, count: bytes.count))
    return SealedBatch(
      bytes: Bytes(storage: copy, start: 0, count: bytes.count), format: format, recordCount: recordCount,
      codec: codec)
  }
}
