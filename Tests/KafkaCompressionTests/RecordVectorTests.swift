import Buffers
import KafkaCompression
import KafkaProtocol
import Testing

@Suite("Golden record sets")
struct RecordVectorTests {
  static let limit = 1 << 20

  @Test("a good set reads as Kafka wrote it", arguments: RecordVectors.good)
  func reading(vector: RecordVector) throws {
    var reader = RecordSetReader(vector.bytes)
    #expect(try readAll(&reader, limit: Self.limit) == vector.batches.map(\.withoutControlType).joined)
    #expect(reader.truncatedByteCount == vector.truncatedByteCount)
  }

  @Test("a bad set is refused", arguments: RecordVectors.bad)
  func refusing(vector: RecordVector) throws {
    var reader = RecordSetReader(vector.bytes)
    if vector.mustFail {
      #expect(throws: RecordError.self, "\(vector.why)") { try readAll(&reader, limit: Self.limit) }
    } else {
      _ = try? readAll(&reader, limit: Self.limit)
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
