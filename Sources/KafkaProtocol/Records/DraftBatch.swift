import Buffers

/// The records of a batch, encoded but neither compressed nor numbered: what is left to do before it can be sent is
/// to seal it.
package struct DraftBatch: Sendable {
  package let format: RecordFormat
  package let recordCount: Int
  /// The number of bytes that the batch has if it is sealed uncompressed.
  package let byteCount: Int
  /// The highest timestamp of its records.
  package let maxTimestamp: Int64
  let baseTimestamp: Int64
  let lastOffset: Int64
  /// Room for the header, then the records. Written again only to fill in the header, and only if nobody shares it.
  private var storage: ByteStorage

  init(
    format: RecordFormat, recordCount: Int, byteCount: Int, storage: ByteStorage, baseTimestamp: Int64,
    maxTimestamp: Int64, lastOffset: Int64
  ) {
    self.format = format
    self.recordCount = recordCount
    self.byteCount = byteCount
    self.storage = storage
    self.baseTimestamp = baseTimestamp
    self.maxTimestamp = maxTimestamp
    self.lastOffset = lastOffset
  }

  /// The number of bytes before the records: format v2 has a header, the others none.
  static func headerSize(_ format: RecordFormat) -> Int { format == .v2 ? BatchHeader.size : 0 }

  /// The records, as a codec compresses them.
  package var payload: RawSpan {
    @_lifetime(borrow self)
    get {
      let size = Self.headerSize(format)
      let span = RawSpan(_unsafeStart: storage.base + size, byteCount: byteCount - size)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Makes the batch final without compression.
  ///
  /// Copies the records only if this draft has another owner. `producer` is for format v2 alone.
  package consuming func sealed(producer: ProducerIdentity?) -> SealedBatch {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = ByteStorage(capacity: byteCount)
      copy.base.copyMemory(from: storage.base, byteCount: byteCount)
      storage = copy
    }
    if format == .v2 {
      header(codec: .none, producer: producer)
        .write(to: UnsafeMutableRawBufferPointer(start: storage.base, count: byteCount))
    }
    return SealedBatch(
      bytes: Bytes(storage: storage, start: 0, count: byteCount), format: format, recordCount: recordCount,
      codec: .none)
  }

  /// Makes the batch final with its records compressed to `compressed`, which is copied.
  package func sealed(compressed: RawSpan, codec: CompressionCodec, producer: ProducerIdentity?) -> SealedBatch {
    let size =
      format == .v2
      ? BatchHeader.size + compressed.byteCount
      : Message.size(format: format, key: nil, value: compressed.byteCount)
    let sealed = ByteStorage(capacity: size)
    let target = UnsafeMutableRawBufferPointer(start: sealed.base, count: size)
    if format == .v2 {
      var payload = sealed.base + BatchHeader.size
      payload.write(compressed)
      header(codec: codec, producer: producer).write(to: target)
    } else {
      // The offset of a compressed message is its last inner message's (KIP-31).
      Message.write(
        to: target, format: format, offset: lastOffset, codec: codec, timestamp: maxTimestamp, key: nil,
        value: compressed)
    }
    return SealedBatch(
      bytes: Bytes(storage: sealed, start: 0, count: size), format: format, recordCount: recordCount, codec: codec)
  }

  private func header(codec: CompressionCodec, producer: ProducerIdentity?) -> BatchHeader {
    var header = BatchHeader()
    header.attributes.setCodec(codec)
    header.lastOffsetDelta = Int32(clamping: max(lastOffset, 0))
    header.baseTimestamp = baseTimestamp
    header.maxTimestamp = maxTimestamp
    header.recordCount = Int32(clamping: recordCount)
    if let producer { header.setProducer(producer) }
    return header
  }
}
