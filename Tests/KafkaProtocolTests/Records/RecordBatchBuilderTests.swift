import KafkaProtocol
import Testing

@Suite("Building a batch")
struct RecordBatchBuilderTests {
  private static let value = [UInt8](repeating: 1, count: 100)

  @Test(
    "a batch refuses the record that would overflow it and stays as it was", arguments: [RecordFormat.v0, .v1, .v2])
  func overflow(format: RecordFormat) throws {
    var probe = RecordBatchBuilder(format: format, capacity: 10_000)
    _ = probe.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
    _ = probe.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
    let size = probe.byteCount

    for (capacity, fits) in [(size, true), (size - 1, false)] {
      var builder = RecordBatchBuilder(format: format, capacity: capacity)
      let first = builder.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
      let before = builder.byteCount
      let second = builder.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
      let (count, after) = (builder.count, builder.byteCount)
      #expect(first)
      #expect(second == fits)
      #expect(count == (fits ? 2 : 1))
      #expect(after == (fits ? size : before))
      #expect(builder.finish().recordCount == count)
    }
  }

  @Test("the first record fits whatever the capacity", arguments: [RecordFormat.v0, .v1, .v2])
  func firstRecord(format: RecordFormat) {
    var builder = RecordBatchBuilder(format: format, capacity: 0)
    let first = builder.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
    let second = builder.append(key: nil, value: nil, timestamp: 5)
    #expect(first)
    #expect(!second)
  }

  @Test(
    "memory that grows makes the same batch as memory that was there", arguments: [RecordFormat.v0, .v1, .v2],
    [0, 100, 5000, 1 << 20])
  func growth(format: RecordFormat, reserved: Int) throws {
    var whole = RecordBatchBuilder(format: format, capacity: 100_000)
    var grown = RecordBatchBuilder(format: format, capacity: 100_000, reserving: reserved)
    // A block of the pool may have half as much again as it was asked for.
    let atStart = grown.reservedBytes
    #expect(atStart <= 150_000)
    while true {
      let isFull = !whole.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
      let isGrownFull = !grown.append(key: nil, value: Self.value.span.bytes, timestamp: 5)
      #expect(isFull == isGrownFull)
      let (written, reserved) = (grown.byteCount, grown.reservedBytes)
      #expect(written <= 100_000 && written <= reserved)
      if isFull { break }
    }
    let (first, second) = (whole.finish(), grown.finish())
    #expect(first.recordCount == second.recordCount && first.byteCount == second.byteCount)
    #expect(first.sealed(producer: nil).bytes == second.sealed(producer: nil).bytes)
  }

  @Test(
    "sequence numbers go from the highest to 0",
    arguments: [(Int32.max, 1, Int32(0)), (Int32.max - 1, 3, 1), (5, 2, 7)])
  func sequence(start: Int32, count: Int, next: Int32) {
    #expect(ProducerIdentity.sequence(start, advancedBy: count) == next)
  }

  @Test("codecs are found by the names Kafka has for them", arguments: CompressionCodec.allCases)
  func names(codec: CompressionCodec) {
    #expect(CompressionCodec(name: codec.name) == codec)
    #expect(CompressionCodec(name: codec.name + "x") == nil)
  }
}
