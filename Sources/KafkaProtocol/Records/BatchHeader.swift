import Buffers

/// The fixed fields before the records of a v2 batch (KIP-98).
struct BatchHeader: Equatable {
  var baseOffset: Int64 = 0
  var leaderEpoch: Int32 = -1
  var attributes = BatchAttributes()
  var lastOffsetDelta: Int32 = 0
  var baseTimestamp: Int64 = -1
  var maxTimestamp: Int64 = -1
  var producerID: Int64 = -1
  var producerEpoch: Int16 = -1
  var baseSequence: Int32 = -1
  var recordCount: Int32 = 0

  /// The number of bytes of the header.
  static let size = 61
  /// The number of bytes that the length field does not count: itself and the base offset before it.
  static let sizeBeforeLength = 12
  static let baseOffsetOffset = 0
  static let lengthOffset = 8
  static let leaderEpochOffset = 12
  /// Where the magic byte is, in every format.
  static let magicOffset = 16
  static let checksumOffset = 17
  /// Where the bytes begin that the checksum covers. All before it a broker may change without touching the checksum.
  static let attributesOffset = 21
  static let lastOffsetDeltaOffset = 23
  static let baseTimestampOffset = 27
  static let maxTimestampOffset = 35
  static let producerIDOffset = 43
  static let producerEpochOffset = 51
  static let baseSequenceOffset = 53
  static let recordCountOffset = 57

  /// Reads the header of a batch that is known to have `size` bytes or more.
  init(reading bytes: RawSpan) {
    baseOffset = bytes.bigEndian(at: Self.baseOffsetOffset)
    leaderEpoch = bytes.bigEndian(at: Self.leaderEpochOffset)
    attributes = BatchAttributes(rawValue: bytes.bigEndian(at: Self.attributesOffset))
    lastOffsetDelta = bytes.bigEndian(at: Self.lastOffsetDeltaOffset)
    baseTimestamp = bytes.bigEndian(at: Self.baseTimestampOffset)
    maxTimestamp = bytes.bigEndian(at: Self.maxTimestampOffset)
    producerID = bytes.bigEndian(at: Self.producerIDOffset)
    producerEpoch = bytes.bigEndian(at: Self.producerEpochOffset)
    baseSequence = bytes.bigEndian(at: Self.baseSequenceOffset)
    recordCount = bytes.bigEndian(at: Self.recordCountOffset)
  }

  init() {}

  mutating func setProducer(_ producer: ProducerIdentity) {
    producerID = producer.id
    producerEpoch = producer.epoch
    baseSequence = producer.baseSequence
    attributes.isTransactional = producer.isTransactional
  }

  /// Writes the header into the first bytes of `batch`, whose records are already behind it, and the checksum over
  /// both.
  func write(to batch: UnsafeMutableRawBufferPointer) {
    batch.storeBigEndian(baseOffset, at: Self.baseOffsetOffset)
    batch.storeBigEndian(Int32(batch.count - Self.sizeBeforeLength), at: Self.lengthOffset)
    batch.storeBigEndian(leaderEpoch, at: Self.leaderEpochOffset)
    batch.storeBigEndian(RecordFormat.v2.rawValue, at: Self.magicOffset)
    batch.storeBigEndian(attributes.rawValue, at: Self.attributesOffset)
    batch.storeBigEndian(lastOffsetDelta, at: Self.lastOffsetDeltaOffset)
    batch.storeBigEndian(baseTimestamp, at: Self.baseTimestampOffset)
    batch.storeBigEndian(maxTimestamp, at: Self.maxTimestampOffset)
    batch.storeBigEndian(producerID, at: Self.producerIDOffset)
    batch.storeBigEndian(producerEpoch, at: Self.producerEpochOffset)
    batch.storeBigEndian(baseSequence, at: Self.baseSequenceOffset)
    batch.storeBigEndian(recordCount, at: Self.recordCountOffset)
    let covered = UnsafeRawBufferPointer(rebasing: batch[Self.attributesOffset...])
    batch.storeBigEndian(CRC32C.checksum(covered.bytes), at: Self.checksumOffset)
  }
}
