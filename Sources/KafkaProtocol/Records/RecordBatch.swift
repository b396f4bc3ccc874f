package import Buffers

/// A batch as it is in a record set: its header is read, its records are not, nor is its checksum verified.
///
/// Of format v0 and v1 this is a run of uncompressed messages, or one compressed message.
package struct RecordBatch: Sendable {
  /// The whole batch, header and records.
  package let bytes: Bytes
  package let format: RecordFormat
  package let codec: CompressionCodec
  package let timestampType: TimestampType
  /// The first offset; that of a record which compaction may have removed. Of a compressed message it is known once
  /// opened, and here the offset after the batch before it, or 0: no record of the batch has a lower one.
  package let baseOffset: Int64
  /// The last offset, which compaction does not change.
  package let lastOffset: Int64
  /// The highest timestamp, or -1.
  package let maxTimestamp: Int64
  /// The number of records; nil for a compressed message, where it is only known once opened.
  package let recordCount: Int?
  /// The epoch of the leader that appended the batch, or -1.
  package let leaderEpoch: Int32
  /// The producer's id, or -1.
  package let producerID: Int64
  /// The producer's epoch, or -1.
  package let producerEpoch: Int16
  /// The sequence number of the first record, or -1.
  package let baseSequence: Int32
  package let isTransactional: Bool
  /// Whether the batch holds a marker for the brokers and clients, not records of a user.
  package let isControl: Bool
  /// The time from which compaction may delete the batch's tombstones (KIP-534).
  package let deleteHorizon: Int64?
  /// What the records' timestamps are relative to, in format v2.
  package let baseTimestamp: Int64

  /// The offset after the last: where to fetch on.
  package var nextOffset: Int64 { lastOffset + 1 }

  init(bytes: Bytes, header: BatchHeader, codec: CompressionCodec) {
    self.bytes = bytes
    self.codec = codec
    format = .v2
    timestampType = header.attributes.hasAppendTime ? .append : .create
    baseOffset = header.baseOffset
    lastOffset = header.baseOffset + Int64(header.lastOffsetDelta)
    maxTimestamp = header.maxTimestamp
    recordCount = Int(header.recordCount)
    leaderEpoch = header.leaderEpoch
    producerID = header.producerID
    producerEpoch = header.producerEpoch
    baseSequence = header.baseSequence
    isTransactional = header.attributes.isTransactional
    isControl = header.attributes.isControl
    deleteHorizon = header.attributes.hasDeleteHorizon ? header.baseTimestamp : nil
    baseTimestamp = header.baseTimestamp
  }

  init(
    bytes: Bytes, format: RecordFormat, codec: CompressionCodec, timestampType: TimestampType, baseOffset: Int64,
    lastOffset: Int64, maxTimestamp: Int64, recordCount: Int?
  ) {
    self.bytes = bytes
    self.format = format
    self.codec = codec
    self.timestampType = timestampType
    self.baseOffset = baseOffset
    self.lastOffset = lastOffset
    self.maxTimestamp = maxTimestamp
    self.recordCount = recordCount
    leaderEpoch = -1
    producerID = -1
    producerEpoch = -1
    baseSequence = -1
    isTransactional = false
    isControl = false
    deleteHorizon = nil
    baseTimestamp = -1
  }

  /// Verifies the checksum of a v2 batch or a compressed message. The messages of a run have one each, which is
  /// verified when the run is opened.
  package func verifyChecksum() throws(RecordError) {
    if format == .v2 {
      let stored = bytes.span.bigEndian(at: BatchHeader.checksumOffset, as: UInt32.self)
      let computed = CRC32C.checksum(bytes.span.extracting(BatchHeader.attributesOffset..<bytes.count))
      guard stored == computed else { throw .checksumMismatch(stored: stored, computed: computed) }
    } else if codec != .none {
      try Message.verifyChecksum(of: bytes.span)
    }
  }

  /// The records as they are in the batch, compressed or not.
  package var payload: Bytes {
    get throws(RecordError) {
      if format == .v2 { return bytes[BatchHeader.size..<bytes.count] }
      guard codec != .none else { return bytes }
      let value = try Message.value(of: bytes.span, format: format)
      guard let value, !value.isEmpty else { throw .emptyCompressedSet }
      return bytes[value]
    }
  }
}
