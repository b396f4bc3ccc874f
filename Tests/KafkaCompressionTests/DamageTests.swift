import Buffers
import KafkaCompression
@testable import KafkaProtocol
import Testing

@Suite("Damaged batches")
struct DamageTests {
  private static let limit = 1 << 20
  private static let small = RecordVectors.good.filter { $0.batches.count == 1 && $0.bytes.count < 250 }

  @Test("S02: a set cut anywhere ends with a cut batch", arguments: Encoding.all)
  func truncation(encoding: Encoding) throws {
    let draft = draft(Array(randomRecords(format: encoding.format, seed: 12).prefix(6)), format: encoding.format)
    let bytes = try BatchSealer.seal(draft, compression: encoding.compression).bytes
    for size in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
      var reader = RecordSetReader(bytes[0..<size])
      let batches = try readAll(&reader, limit: Self.limit)
      let read = batches.reduce(0) { $0 + $1.records.count }
      #expect(read < 6)
      if encoding.format == .v2 || encoding.compression.codec != .none {
        #expect(read == 0 && reader.truncatedByteCount == size)
      }
    }
  }

  @Test("a compressed stream cut anywhere is refused", arguments: Encoding.all.filter { $0.format == .v2 })
  func cutStream(encoding: Encoding) throws {
    var record = ExpectedRecord([:])
    record.value = Array(0..<200) + Array(repeating: 7, count: 400)
    let draft = draft([record], format: .v2)
    let bytes = try BatchSealer.seal(draft, compression: encoding.compression).bytes
    for size in BatchHeader.size..<bytes.count {
      let cut = withChecksum(Array(bytes.array[..<size]))
      #expect(throws: RecordError.self, "\(size) of \(bytes.count)") {
        var reader = RecordSetReader(cut)
        return try readAll(&reader, limit: Self.limit)
      }
    }
  }

  @Test("S45: any changed byte is noticed by the checksum", arguments: small)
  func checksum(vector: RecordVector) throws {
    let expected = vector.batches.map(\.withoutControlType)
    var bytes = vector.bytes.array
    for index in bytes.indices {
      bytes[index] ^= 0x10
      defer { bytes[index] ^= 0x10 }
      var reader = RecordSetReader(Bytes(copying: bytes))
      let batches = try? readAll(&reader, limit: Self.limit)
      // The offset, the length and the leader's epoch are not covered.
      #expect(batches != expected)
    }
  }

  @Test(
    "a batch whose count or offsets are not those of its records is refused before any of them is read",
    arguments: [
      (2, [0, 1, 2], RecordError.bytesAfterLastRecord(8)), (4, [0, 1, 2], .badRecordCount(4)),
      (3, [0, 0, 0], .badOffsetDelta(0)), (3, [2, 1, 0], .badOffsetDelta(1)), (3, [-3, -2, -1], .badOffsetDelta(-3)),
      (3, [0, 1, 40], .badOffsetDelta(40)),
    ])
  func countAndOffsets(count: Int, deltas: [Int], expected: RecordError) throws {
    #expect(throws: expected) { _ = try open(withChecksum(Self.batch(count: count, deltas: deltas).array)) }
  }

  @Test("a batch that compaction has left gaps in is read", arguments: [[0, 1, 2], [0, 2], [1], [2], []])
  func gaps(deltas: [Int]) throws {
    #expect(try open(withChecksum(Self.batch(count: deltas.count, deltas: deltas).array)).recordCount == deltas.count)
  }

  /// A batch of the offsets 0 to 2 with records of one byte, which have the deltas that are given.
  private static func batch(count: Int, deltas: [Int]) -> Bytes {
    let empty = draft([ExpectedRecord([:]), ExpectedRecord([:]), ExpectedRecord([:])], format: .v2)
    var bytes = Array(((try? BatchSealer.seal(empty, compression: .none).bytes.array) ?? []).prefix(BatchHeader.size))
    withUnsafeBytes(of: Int32(count).bigEndian) { bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: $0) }
    for delta in deltas {
      // Length, attributes, timestamp, offset, no key, a value of one byte, no headers.
      bytes += [14, 0, 0, UInt8(truncatingIfNeeded: delta << 1 ^ delta >> 63), 1, 2, 0x61, 0]
    }
    return Bytes(copying: bytes)
  }

  private func open(_ bytes: Bytes) throws -> OpenedBatch {
    var reader = RecordSetReader(bytes)
    return try BatchOpener.open(#require(try reader.next()), limit: Self.limit)
  }

  @Test("a changed byte under a right checksum is an error, or leaves records as many as are said", arguments: small)
  func mutation(vector: RecordVector) {
    guard vector.expected?.format == .v2 else { return }
    var bytes = vector.bytes.array
    for index in BatchHeader.attributesOffset..<bytes.count {
      for change in [0x01, 0x80, 0xff] as [UInt8] {
        bytes[index] ^= change
        var reader = RecordSetReader(withChecksum(bytes))
        if let batches = try? readAll(&reader, limit: Self.limit) {
          for batch in batches {
            #expect(batch.header.map { Int($0.count) } == batch.records.count, "byte \(index)")
            #expect(
              batch.records.allSatisfy { (batch.baseOffset...batch.lastOffset).contains($0.offset) }, "byte \(index)")
          }
        }
        bytes[index] ^= change
      }
    }
  }

  @Test(
    "random bytes are an error, or the beginning of a batch that is cut off", arguments: 1...200 as ClosedRange<UInt64>)
  func noise(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    if bytes.count > BatchHeader.size {
      bytes[BatchHeader.magicOffset] = UInt8(seed % 3)
      bytes.replaceSubrange(8..<12, with: [0, 0, 0, UInt8(truncatingIfNeeded: min(255, bytes.count - 12))])
    }
    var reader = RecordSetReader(Bytes(copying: bytes))
    let batches = try? readAll(&reader, limit: Self.limit)
    #expect(batches.map(\.isEmpty) ?? true)
  }

  @Test("S46: a format that is not known is named", arguments: [3, 42, 127, -1, -128] as [Int8])
  func unknownFormat(magic: Int8) throws {
    var bytes = try BatchSealer.seal(draft([ExpectedRecord([:])], format: .v2)).bytes.array
    bytes[BatchHeader.magicOffset] = UInt8(bitPattern: magic)
    let error = #expect(throws: RecordError.unknownFormat(magic: magic)) {
      try open(Bytes(copying: bytes))
    }
    #expect(error?.description == "record format \(magic) is not known")
  }

  @Test("S46: a codec that is not known is named", arguments: [5, 6, 7] as [UInt8])
  func unknownCodec(number: UInt8) throws {
    var bytes = try BatchSealer.seal(draft([ExpectedRecord([:])], format: .v2)).bytes.array
    bytes[BatchHeader.attributesOffset + 1] |= number
    let error = #expect(throws: RecordError.unknownCodec(Int8(number))) { try open(withChecksum(bytes)) }
    #expect(error?.description == "compression codec \(number) is not known")
  }

  @Test("after an error the reader gives nothing more")
  func afterError() throws {
    var bytes = try BatchSealer.seal(draft([ExpectedRecord([:])], format: .v2)).bytes.array
    bytes[BatchHeader.magicOffset] = 3
    var reader = RecordSetReader(Bytes(copying: bytes + bytes))
    #expect(throws: RecordError.unknownFormat(magic: 3)) { try reader.next() }
    #expect(try reader.next() == nil)
  }

  /// A v2 batch of these bytes with the length and checksum that they ought to have.
  private func withChecksum(_ bytes: [UInt8]) -> Bytes {
    var bytes = bytes
    bytes.withUnsafeMutableBytes { batch in
      batch.storeBigEndian(Int32(batch.count - BatchHeader.sizeBeforeLength), at: BatchHeader.lengthOffset)
      let covered = UnsafeRawBufferPointer(rebasing: batch[BatchHeader.attributesOffset...])
      batch.storeBigEndian(CRC32C.checksum(covered.bytes), at: BatchHeader.checksumOffset)
    }
    return Bytes(copying: bytes)
  }
}
