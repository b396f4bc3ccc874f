import CAllocationCount
import KafkaClient
import KafkaCompression
import KafkaProtocol
import Testing
import Transport

@Suite("Allocations per record (S40)")
struct RecordAllocationTests {
  private static let value: [UInt8] = Array(repeating: 0x61, count: 100)

  private final class Box {}

  @Test("allocations are counted")
  func counting() {
    let before = allocation_count()
    let pointer = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 16)
    let box = Box()
    let after = allocation_count()
    withExtendedLifetime(box) { pointer.deallocate() }
    #expect(after - before == 2)
  }

  @Test("appending 1000 records allocates nothing", arguments: [RecordFormat.v0, .v1, .v2])
  func appending(format: RecordFormat) {
    var builder = RecordBatchBuilder(format: format, capacity: 1 << 20)
    let allocations = append1000(to: &builder)
    let count = builder.count
    #expect(count == 1000)
    #expect(allocations == 0)
  }

  @Test(
    "appending 10000 records to the batches of three partitions allocates for batches and their numbers only",
    arguments: [(false, 0), (true, 40)])
  func appendingToPartitions(isKeyed: Bool, most: Int) {
    var appender = TopicAppender(
      topic: TopicIndex(number: 0), name: "orders", partitions: 3, format: .v2, batchBytes: 2 << 20,
      chooser: PartitionChooser(.murmur2, entropy: FixedEntropy()), keepsTimestamps: false)
    let value = Self.value
    var allocations = 0
    // Each partition's batch has begun by the time that is measured.
    for round in 0..<2 {
      let before = allocation_count()
      for index in 0..<(round == 0 ? 100 : 10_000) {
        let key = UInt32(index)
        withUnsafeBytes(of: key) { key in
          appender.append(
            key: isKeyed ? key.bytes : nil, value: value.span.bytes, headers: .none, timestamp: Int64(index))
        }
      }
      allocations = allocation_count() - before
    }
    #expect(allocations <= most)
  }

  @Test(
    "a batch is sealed and opened with few allocations, however many records it has",
    arguments: CompressionCodec.allCases, [1000, 10_000])
  func codecs(codec: CompressionCodec, records: Int) throws {
    var sealing = Int.max
    var opening = Int.max
    // What is initialized once for the process, and what codecs keep, is there in the second round, unless other tests
    // have it at that moment.
    for _ in 0..<5 {
      var builder = RecordBatchBuilder(capacity: 2 << 20)
      for index in 0..<records {
        _ = builder.append(key: nil, value: Self.value.span.bytes, timestamp: Int64(index))
      }
      let draft = builder.finish()
      let before = allocation_count()
      let sealed = try BatchSealer.seal(draft, compression: Compression(codec))
      sealing = min(sealing, allocation_count() - before)
      var reader = RecordSetReader(sealed.bytes)
      let batch = try #require(try reader.next())
      let start = allocation_count()
      let opened = try BatchOpener.open(batch, limit: 2 << 20)
      opening = min(opening, allocation_count() - start)
      #expect(opened.recordCount == records && sealed.codec == codec)
    }
    // Snappy has one or two for each 32 KiB.
    #expect(sealing <= 64)
    #expect(opening <= 32)
  }

  @Test("filling a set of headers again for each of 1000 records allocates nothing")
  func headers() {
    var builder = RecordBatchBuilder(capacity: 1 << 20)
    var headers = EncodedHeaders()
    headers.append(name: Self.value.span.bytes, value: Self.value.span.bytes)
    let value = Self.value
    let before = allocation_count()
    for _ in 0..<1000 {
      headers.removeAll()
      headers.append(name: value.span.bytes, value: nil)
      _ = builder.append(key: nil, value: value.span.bytes, headers: headers, timestamp: 0)
    }
    let after = allocation_count()
    let count = builder.count
    #expect(count == 1000)
    #expect(after - before == 0)
  }

  @Test("remembering the numbers of 1000 records that follow one another allocates nothing")
  func numbers() {
    var numbers = NumberSequence(step: 1)
    // What the language itself sets up for a type is set up once.
    numbers.append(1)
    let before = allocation_count()
    var number: Int64 = 2
    while number <= 1000 {
      numbers.append(number)
      number += 1
    }
    let after = allocation_count()
    #expect(after - before == 0 && numbers.count == 1000)
  }

  @Test("reading 1000 records allocates nothing", arguments: [RecordFormat.v0, .v1, .v2])
  func reading(format: RecordFormat) throws {
    var builder = RecordBatchBuilder(format: format, capacity: 1 << 20)
    _ = append1000(to: &builder)
    let sealed = try BatchSealer.seal(builder.finish(), compression: Compression(.gzip))
    var reader = RecordSetReader(sealed.bytes)
    let batch = try #require(try reader.next())
    let opened = try BatchOpener.open(batch, limit: 1 << 20)

    var count = 0
    var byteCount = 0
    let before = allocation_count()
    var records = opened.records
    while let record = try records.next() {
      count += 1
      byteCount += record.value?.byteCount ?? 0
      var headers = record.headers
      while let header = headers.next() { byteCount += header.name.byteCount }
    }
    let after = allocation_count()
    #expect(count == 1000)
    #expect(byteCount == 1000 * (format == .v2 ? 108 : 100))
    #expect(after - before == 0)
  }

  private func append1000(to builder: inout RecordBatchBuilder) -> Int {
    let value = Self.value
    let headers: EncodedHeaders = builder.format == .v2 ? EncodedHeaders([("trace-id", [1, 2, 3])]) : .none
    // What is initialized once for the process, it is now.
    _ = builder.append(key: nil, value: value.span.bytes, headers: headers, timestamp: 0)
    let before = allocation_count()
    for index in 1..<1000 {
      _ = builder.append(key: nil, value: value.span.bytes, headers: headers, timestamp: Int64(index))
    }
    return allocation_count() - before
  }
}

/// The same number each time.
private struct FixedEntropy: Entropy {
  func next() -> UInt64 { 1 }
}
