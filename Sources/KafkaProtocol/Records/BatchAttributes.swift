/// The flags of a v2 batch; the low byte is also a v0 or v1 message's.
struct BatchAttributes: Equatable {
  var rawValue: Int16 = 0

  private static let codecMask: Int16 = 0x07
  private static let appendTimeBit: Int16 = 0x08
  private static let transactionalBit: Int16 = 0x10
  private static let controlBit: Int16 = 0x20
  private static let deleteHorizonBit: Int16 = 0x40

  var codecNumber: Int8 { Int8(truncatingIfNeeded: rawValue & Self.codecMask) }

  mutating func setCodec(_ codec: CompressionCodec) {
    rawValue = rawValue & ~Self.codecMask | Int16(codec.rawValue)
  }

  /// Whether the timestamps are the time of the append to the log (KIP-32).
  var hasAppendTime: Bool {
    get { rawValue & Self.appendTimeBit != 0 }
    set { set(Self.appendTimeBit, to: newValue) }
  }

  var isTransactional: Bool {
    get { rawValue & Self.transactionalBit != 0 }
    set { set(Self.transactionalBit, to: newValue) }
  }

  var isControl: Bool { rawValue & Self.controlBit != 0 }

  /// Whether the base timestamp is the time from which compaction may delete the batch's tombstones (KIP-534).
  var hasDeleteHorizon: Bool { rawValue & Self.deleteHorizonBit != 0 }

  private mutating func set(_ bit: Int16, to isSet: Bool) {
    rawValue = isSet ? rawValue | bit : rawValue & ~bit
  }
}
