import Buffers
import KafkaCompression
@testable import KafkaProtocol
import Testing

@Suite("Encoding golden record sets again")
struct ReencodingTests {
  private static let uncompressed = RecordVectors.good.filter { vector in
    guard let batch = vector.expected, batch.codec == "none", batch.timestampType != "append" else { return false }
    return true
  }
  private static let messageSets = uncompressed.filter { $0.expected?.format != .v2 }
  /// The builder counts timestamps from the first record's, which compaction may have removed.
  private static let batches = uncompressed.filter { vector in
    guard let header = vector.expected?.header, let first = vector.expected?.records.first else { return false }
    return first.timestamp == header.baseTimestamp
  }

  @Test("messages come out as Kafka wrote them", arguments: messageSets)
  func messages(vector: RecordVector) throws {
    let expected = try #require(vector.expected)
    let draft = draftKeepingOffsets(expected.records, format: expected.format, baseOffset: 0)
    #expect(try BatchSealer.seal(draft).bytes == vector.bytes)
  }

  @Test("a batch comes out as Kafka wrote it", arguments: batches)
  func batch(vector: RecordVector) throws {
    let expected = try #require(vector.expected)
    let fields = try #require(expected.header)
    let draft = draftKeepingOffsets(expected.records, format: .v2, baseOffset: expected.baseOffset)
    var header = BatchHeader()
    header.baseOffset = expected.baseOffset
    header.leaderEpoch = Int32(fields.leaderEpoch)
    header.attributes.rawValue =
      (fields.isTransactional ? 0x10 : 0) | (fields.isControl ? 0x20 : 0) | (fields.deleteHorizon != nil ? 0x40 : 0)
    header.lastOffsetDelta = Int32(expected.lastOffset - expected.baseOffset)
    header.baseTimestamp = fields.baseTimestamp
    header.maxTimestamp = expected.maxTimestamp
    header.producerID = fields.producerID
    header.producerEpoch = Int16(fields.producerEpoch)
    header.baseSequence = Int32(fields.baseSequence)
    header.recordCount = Int32(fields.count)

    var bytes = [UInt8](repeating: 0, count: BatchHeader.size) + draft.payload.withUnsafeBytes { Array($0) }
    bytes.withUnsafeMutableBytes { header.write(to: $0) }
    #expect(Bytes(copying: bytes) == vector.bytes)
  }

  @Test("a producer's own batch comes out as Java's does, but for what the broker adds", arguments: batches)
  func sealing(vector: RecordVector) throws {
    let expected = try #require(vector.expected)
    let fields = try #require(expected.header)
    let isContiguous = expected.lastOffset - expected.baseOffset == Int64(expected.records.count - 1)
    guard isContiguous, !fields.isControl, fields.deleteHorizon == nil else { return }
    let producer = ProducerIdentity(
      id: fields.producerID, epoch: Int16(fields.producerEpoch), baseSequence: Int32(fields.baseSequence),
      isTransactional: fields.isTransactional)
    let sealed = try BatchSealer.seal(draft(expected.records, format: .v2), producer: producer)
    // Base offset and leader's epoch, outside the checksum, are the broker's.
    var bytes = sealed.bytes.array
    bytes.replaceSubrange(0..<8, with: vector.bytes.array[0..<8])
    bytes.replaceSubrange(12..<16, with: vector.bytes.array[12..<16])
    #expect(bytes == vector.bytes.array)
  }

  @Test(
    "a stream begins as Kafka's does: snappy with its framing, LZ4 with the header checksum of its time",
    arguments: [
      ("v0-snappy-40", 16), ("v1-snappy-40", 16), ("v2-snappy-100", 16), ("v0-lz4-40", 7), ("v1-lz4-40", 7),
      ("v2-lz4-100", 7),
    ])
  func streamHeader(name: String, size: Int) throws {
    guard let vector = RecordVectors.good.first(where: { $0.name == name }) else { return }
    let expected = try #require(vector.expected)
    let codec = try #require(CompressionCodec(name: expected.codec))
    let sealed = try BatchSealer.seal(
      draft(expected.records, format: expected.format), compression: Compression(codec))
    var theirs = RecordSetReader(vector.bytes)
    var ours = RecordSetReader(sealed.bytes)
    let (left, right) = (try #require(try ours.next()), try #require(try theirs.next()))
    #expect(try left.payload[0..<size] == right.payload[0..<size])
  }

  private func draftKeepingOffsets(_ records: [ExpectedRecord], format: RecordFormat, baseOffset: Int64) -> DraftBatch {
    var builder = RecordBatchBuilder(format: format, capacity: 1 << 20)
    for record in records {
      var headers = EncodedHeaders()
      for header in record.headers {
        headers.append(name: header.name.span.bytes, value: header.value?.span.bytes)
      }
      let appended = builder.append(
        key: record.key?.span.bytes, value: record.value?.span.bytes, headerCount: headers.count,
        headers: headers.encoded.span.bytes, timestamp: record.timestamp, offset: record.offset - baseOffset)
      precondition(appended)
    }
    return builder.finish()
  }
}
