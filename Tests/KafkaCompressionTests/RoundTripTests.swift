import Buffers
@testable import KafkaCompression
@testable import KafkaProtocol
import Testing

/// A format and a codec it allows.
struct Encoding: Sendable, CustomTestStringConvertible {
  let format: RecordFormat
  let compression: Compression

  var testDescription: String { "\(format) \(compression.codec.name) \(compression.level.map(String.init) ?? "")" }

  static let all = [RecordFormat.v0, .v1, .v2].flatMap { format in
    CompressionCodec.allCases.filter { $0.isAllowed(in: format) }.map {
      Encoding(format: format, compression: Compression($0))
    }
  }
}

@Suite("Sealing and opening")
struct RoundTripTests {
  @Test("S04: random records come back as they were", arguments: Encoding.all, 1...25 as ClosedRange<UInt64>)
  func roundTrip(encoding: Encoding, seed: UInt64) throws {
    let records = randomRecords(format: encoding.format, seed: seed)
    let sealed = try BatchSealer.seal(draft(records, format: encoding.format), compression: encoding.compression)
    #expect(sealed.recordCount == records.count)
    var reader = RecordSetReader(sealed.bytes)
    let batches = try readAll(&reader, limit: 4 << 20)
    let batch = try #require(batches.first)
    #expect(batches.count == 1)
    #expect(batch.records == records)
    #expect(batch.codec == sealed.codec.name)
    #expect(batch.lastOffset == Int64(records.count - 1))
    #expect(batch.maxTimestamp == records.map(\.timestamp).max())
    #expect(reader.truncatedByteCount == 0)
  }

  @Test(
    "a compressed message has no key, its last record's offset and the highest time, and offsets inside count from 0",
    arguments: [RecordFormat.v0, .v1])
  func wrapper(format: RecordFormat) throws {
    let records = (0..<4).map { number in
      var record = ExpectedRecord([:])
      (record.key, record.value) = ([1], Array(repeating: 7, count: 400))
      record.timestamp = format == .v0 ? -1 : Int64(1000 - number)
      return record
    }
    let bytes = try BatchSealer.seal(draft(records, format: format), compression: Compression(.gzip)).bytes
    let wrapper = bytes.span
    #expect(wrapper.bigEndian(at: 0, as: Int64.self) == 3)
    if format == .v1 { #expect(wrapper.bigEndian(at: Message.timestampOffset, as: Int64.self) == 1000) }
    let key = Message.keyOffset(format)
    #expect(wrapper.bigEndian(at: key, as: Int32.self) == -1)
    let inner = try Gzip.decompress(bytes[key + 8..<bytes.count].span, limit: 1 << 20)
    var offsets: [Int64] = []
    var position = 0
    while position < inner.count {
      offsets.append(inner.span.bigEndian(at: position, as: Int64.self))
      position += 12 + Int(inner.span.bigEndian(at: position + 8, as: Int32.self))
    }
    #expect(offsets == [0, 1, 2, 3])
  }

  @Test(
    "the lowest and highest level of a codec work",
    arguments: CompressionCodec.allCases.flatMap { codec in
      (codec.levels.map { [$0.lowerBound, $0.upperBound] } ?? []).map { Compression(codec, level: $0) }
    })
  func levels(compression: Compression) throws {
    let records = randomRecords(format: .v2, seed: 7)
    let sealed = try BatchSealer.seal(draft(records, format: .v2), compression: compression)
    var reader = RecordSetReader(sealed.bytes)
    #expect(try readAll(&reader, limit: 4 << 20).first?.records == records)
  }

  @Test(
    "S07: offsets up to the largest are read as they are", arguments: [0, 1 << 31, 1 << 53, Int64.max - 1])
  func largeOffsets(first: Int64) throws {
    let records = Array(randomRecords(format: .v2, seed: 3).prefix(1))
    var bytes = try BatchSealer.seal(draft(records, format: .v2), compression: Compression(.none)).bytes.array
    // The offset stands first, and the checksum does not cover it.
    for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: first >> Int64(56 - 8 * index)) }
    var reader = RecordSetReader(Bytes(copying: bytes))
    #expect(try readAll(&reader, limit: 4 << 20).map(\.lastOffset) == [first])
  }

  @Test("what does not shrink stays uncompressed", arguments: Encoding.all)
  func incompressible(encoding: Encoding) throws {
    var record = ExpectedRecord([:])
    record.offset = 0
    record.value = [7]
    let sealed = try BatchSealer.seal(draft([record], format: encoding.format), compression: encoding.compression)
    #expect(sealed.codec == .none)
    var reader = RecordSetReader(sealed.bytes)
    #expect(try readAll(&reader, limit: 4 << 20).first?.records == [record])
  }

  @Test("what repeats shrinks", arguments: Encoding.all.filter { $0.compression.codec != .none })
  func compressible(encoding: Encoding) throws {
    var record = ExpectedRecord([:])
    record.offset = 0
    record.value = Array(repeating: 7, count: 10_000)
    let draft = draft([record], format: encoding.format)
    let sealed = try BatchSealer.seal(draft, compression: encoding.compression)
    #expect(sealed.codec == encoding.compression.codec)
    #expect(sealed.bytes.count < draft.byteCount / 10)
  }

  @Test("zstd is refused in the formats that lack it", arguments: [RecordFormat.v0, .v1])
  func zstdBeforeV2(format: RecordFormat) {
    let draft = draft(randomRecords(format: format, seed: 1), format: format)
    #expect(throws: RecordError.codecNotAllowed(.zstd, format)) {
      try BatchSealer.seal(draft, compression: Compression(.zstd))
    }
  }

  @Test("decompression stops at the limit and not before", arguments: Encoding.all)
  func limit(encoding: Encoding) throws {
    guard encoding.compression.codec != .none else { return }
    var record = ExpectedRecord([:])
    record.offset = 0
    record.value = Array(repeating: 7, count: 100_000)
    let draft = draft([record], format: encoding.format)
    let sealed = try BatchSealer.seal(draft, compression: encoding.compression)
    var reader = RecordSetReader(sealed.bytes)
    let batch = try #require(try reader.next())
    let size = draft.byteCount - (encoding.format == .v2 ? 61 : 0)
    #expect(try BatchOpener.open(batch, limit: size).recordCount == 1)
    #expect(throws: RecordError.tooLarge(limit: size - 1)) { try BatchOpener.open(batch, limit: size - 1) }
  }

  @Test("a draft that is sealed uncompressed keeps its records for its other owners")
  func sharedDraft() throws {
    let records = randomRecords(format: .v2, seed: 3)
    let draft = draft(records, format: .v2)
    let first = try BatchSealer.seal(draft, producer: ProducerIdentity(id: 1, epoch: 2, baseSequence: 3))
    let second = try BatchSealer.seal(draft, producer: ProducerIdentity(id: 4, epoch: 5, baseSequence: 6))
    var reader = RecordSetReader(first.bytes)
    #expect(try readAll(&reader, limit: 0).first?.header?.producerID == 1)
    reader = RecordSetReader(second.bytes)
    #expect(try readAll(&reader, limit: 0).first?.header?.producerID == 4)
  }

  @Test("resealing changes the producer and nothing else", arguments: Encoding.all.filter { $0.format == .v2 })
  func resealing(encoding: Encoding) throws {
    let draft = draft(randomRecords(format: .v2, seed: 5), format: .v2)
    let old = ProducerIdentity(id: 1, epoch: 2, baseSequence: 3, isTransactional: true)
    let new = ProducerIdentity(id: 1, epoch: 3, baseSequence: 0)
    let sealed = try BatchSealer.seal(draft, compression: encoding.compression, producer: old)
    let resealed = sealed.resealed(producer: new)
    let direct = try BatchSealer.seal(draft, compression: encoding.compression, producer: new)
    #expect(resealed.bytes == direct.bytes)
    #expect(resealed.bytes != sealed.bytes)
    #expect(resealed.recordCount == sealed.recordCount)
    #expect(resealed.codec == sealed.codec)
  }

  @Test(
    "the halves of a batch have its records", arguments: [RecordFormat.v0, .v1, .v2], 1...10 as ClosedRange<UInt64>)
  func splitting(format: RecordFormat, seed: UInt64) throws {
    let records = randomRecords(format: format, seed: seed)
    let draft = draft(records, format: format)
    guard let (first, second) = try draft.split() else {
      #expect(records.count == 1)
      return
    }
    #expect(first.recordCount > 0)
    #expect(second.recordCount > 0)
    var together: [ExpectedRecord] = []
    for half in [first, second] {
      var reader = RecordSetReader(try BatchSealer.seal(half).bytes)
      for batch in try readAll(&reader, limit: 0) {
        #expect(batch.records.map(\.offset) == (0..<Int64(half.recordCount)).map { $0 })
        together += batch.records
      }
    }
    for index in together.indices { together[index].offset = Int64(index) }
    #expect(together == records)

    let sealed = try BatchSealer.seal(draft, compression: Compression(.gzip))
    var reader = RecordSetReader(sealed.bytes)
    let batch = try #require(try reader.next())
    let halves = try #require(try BatchOpener.open(batch, limit: 4 << 20).split())
    #expect(try BatchSealer.seal(halves.first).bytes == BatchSealer.seal(first).bytes)
    #expect(try BatchSealer.seal(halves.second).bytes == BatchSealer.seal(second).bytes)
  }
}
