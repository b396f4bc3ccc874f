import Buffers
import KafkaCompression
import KafkaProtocol
import Testing

@Suite("Golden record sets")
struct RecordVectorTests {
  static let limit = 1 << 20

  @Test("S05: a good set reads as Kafka wrote it", arguments: RecordVectors.good)
  func reading(vector: RecordVector) throws {
    var reader = RecordSetReader(vector.bytes)
    #expect(try readAll(&reader, limit: Self.limit) == vector.batches.map(\.withoutControlType).joined)
    #expect(reader.truncatedByteCount == vector.truncatedByteCount)
  }

  @Test(
    "no record has a lower offset than its batch, and but for compressed messages that is exact",
    arguments: RecordVectors.good)
  func baseOffset(vector: RecordVector) throws {
    var reader = RecordSetReader(vector.bytes)
    while let batch = try reader.next() {
      let opened = try BatchOpener.open(batch, limit: Self.limit)
      #expect(batch.baseOffset <= opened.baseOffset)
      #expect(batch.baseOffset == opened.baseOffset || batch.recordCount == nil)
      #expect(batch.recordCount == nil || batch.recordCount == opened.recordCount)
    }
  }

  @Test("a bad set is refused with what is wrong", arguments: RecordVectors.bad.filter(\.mustFail))
  func refusing(vector: RecordVector) throws {
    var reader = RecordSetReader(vector.bytes)
    let error = #expect(throws: RecordError.self) { try readAll(&reader, limit: Self.limit) }
    if let error { #expect(error.kind == vector.kind, "\(error)") }
  }

  @Test("a set that Kafka lets pass does no harm", arguments: RecordVectors.bad.filter { !$0.mustFail })
  func tolerating(vector: RecordVector) {
    var reader = RecordSetReader(vector.bytes)
    do throws(RecordError) {
      _ = try readAll(&reader, limit: Self.limit)
    } catch {
      #expect(error.kind == vector.kind, "\(error)")
    }
  }
}

/// What is wrong with a set, in the few words that errors and vectors have in common.
enum DamageKind: Equatable {
  case format, length, codec, checksum, count, field, varint, trailing, nesting, stream, size
}

extension RecordVector {
  var kind: DamageKind {
    switch why {
    case "unknown magic", "inner magic differs": .format
    case "batch length", "batch length overflows": .length
    case "unknown codec", "codec not allowed in this magic": .codec
    case "checksum": .checksum
    case "count too large", "count negative", "negative count": .count
    case "record runs past the batch", "fields overrun the record": .field
    case "negative length": codec == "snappy" ? .stream : .field
    case "varint too long", "varint too wide": .varint
    case "bytes left in the record", "bytes left in the batch", "count too small": .trailing
    case "compressed inside compressed", "empty wrapper": .nesting
    case "expansion": .size
    // A framed stream with no block in it is complete, and lacks only the records.
    case _ where name == "snappy-header-only": .count
    default: .stream
    }
  }
}

extension RecordError {
  var kind: DamageKind {
    switch self {
    case .unknownFormat, .mixedFormats: .format
    case .badBatchLength, .badOffsets, .badOffsetDelta: .length
    case .unknownCodec, .codecNotAllowed: .codec
    case .checksumMismatch: .checksum
    case .badRecordCount, .badHeaderCount: .count
    case .badRecordLength, .fieldPastEnd, .badFieldLength: .field
    case .varintTooLong: .varint
    case .bytesAfterRecord, .bytesAfterLastRecord: .trailing
    case .nestedCompression, .emptyCompressedSet: .nesting
    case .streamCutShort, .streamDamaged: .stream
    case .tooLarge, .noMemory: .size
    }
  }
}

extension ExpectedBatch {
  var withoutControlType: ExpectedBatch {
    var copy = self
    copy.controlType = nil
    return copy
  }
}

func readAll(_ reader: inout RecordSetReader, limit: Int) throws(RecordError) -> [ExpectedBatch] {
  var batches: [ExpectedBatch] = []
  while let batch = try reader.next() {
    batches.append(try ExpectedBatch(try BatchOpener.open(batch, limit: limit)))
  }
  return batches.joined
}

extension [ExpectedBatch] {
  /// With neighbouring messages of format v0 and v1 that are alike in codec as one batch.
  var joined: [ExpectedBatch] {
    reduce(into: []) { batches, next in
      if let last = batches.last, last.format != .v2, last.format == next.format, last.codec == next.codec,
        last.timestampType == next.timestampType
      {
        batches[batches.count - 1].append(next)
      } else {
        batches.append(next)
      }
    }
  }
}

extension ExpectedBatch {
  init(_ opened: OpenedBatch) throws(RecordError) {
    self.init()
    let batch = opened.batch
    format = batch.format
    codec = batch.codec.name
    timestampType =
      switch batch.timestampType {
      case .none: "none"
      case .create: "create"
      case .append: "append"
      }
    baseOffset = opened.baseOffset
    lastOffset = batch.lastOffset
    maxTimestamp = batch.maxTimestamp
    var iterator = opened.records
    while let record = try iterator.next() { records.append(ExpectedRecord(record)) }
    guard format == .v2 else { return }
    header = Header(
      baseTimestamp: batch.baseTimestamp, leaderEpoch: Int64(batch.leaderEpoch), producerID: batch.producerID,
      producerEpoch: Int64(batch.producerEpoch), baseSequence: Int64(batch.baseSequence),
      isTransactional: batch.isTransactional, isControl: batch.isControl, deleteHorizon: batch.deleteHorizon,
      count: Int64(opened.recordCount))
  }

  mutating func append(_ other: ExpectedBatch) {
    lastOffset = other.lastOffset
    maxTimestamp = max(maxTimestamp, other.maxTimestamp)
    records += other.records
  }
}
