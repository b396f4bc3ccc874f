import Buffers
import CAllocationCount
import KafkaCLI
import KafkaCompression
import KafkaProtocol
import Testing

@Suite("Allocations of input and output per record")
struct InputOutputAllocationTests {
  @Test("splitting 1000 records into keys and values allocates nothing", arguments: [":", "::"])
  func splitting(delimiter: String) {
    let line = "key\(delimiter)" + String(repeating: "v", count: 100) + "\n"
    let block = Bytes(utf8: String(repeating: line, count: 1000))
    var splitter = RecordSplitter(delimiter: Bytes(utf8: "\n"), limit: 1 << 20)
    let rules = InputFieldRules(
      keyDelimiter: Bytes(utf8: delimiter), defaultKey: nil, emptyIsNull: true, nullString: Bytes(utf8: "NULL"))
    var byteCount = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process.
    for _ in 0..<2 {
      splitter.feed(block)
      let before = allocation_count()
      while splitter.advance() == .record {
        let fields = rules.fields(of: splitter.record)
        byteCount += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
      }
      allocations = allocation_count() - before
    }
    #expect(byteCount == 206_000)
    #expect(allocations == 0)
  }

  @Test("reading 1000 records from JSON allocates nothing")
  func readingJSON() {
    let line =
      #"{"topic":"t","partition":0,"offset":17,"timestamp":1700000000000,"timestampType":"create","key":"k\n","#
      + #""value":"plain text","headers":[{"name":"a","value":"1"},{"name":"b","value":{"base64":"/w=="}}]}"# + "\n"
      + #"{"value":{"a":[1,null]}}"# + "\n"
    let block = Bytes(utf8: String(repeating: line, count: 500))
    var reader = JSONReader(defaultKey: nil, limit: 1 << 20)
    var byteCount = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process, and gives the buffers their size.
    for _ in 0..<2 {
      reader.feed(block)
      let before = allocation_count()
      while reader.advance() == .record {
        let fields = reader.fields
        byteCount += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
      }
      allocations = allocation_count() - before
    }
    #expect(byteCount == 2 * 500 * (2 + 10 + 14))
    #expect(allocations == 0)
  }

  @Test(
    "writing 1000 records allocates nothing once the output has its size",
    arguments: [
      "consume -K : t", "consume -J t", "consume -J --value-json t", "consume --output raw t",
      "consume --output length -K : t",
      "consume -f %t[%p]%o_%k=%s_%T_%T{iso}_%s{hex}_%s{base64}_%s{json}_%h_%h{trace}_%S_%K_%R\\n t",
      "consume -f %E_%w_%k{i32}_%k{u32le}_%T{%F-%H:%M:%S.%3N}\\n t",
    ])
  func writing(line: String) throws {
    let words = line.split(separator: " ").map { Argument(String($0)) }
    guard case .consume(let arguments) = try CommandLineParser.parse(words, environment: [:]) else {
      Issue.record("not consume")
      return
    }
    let formatter = RecordFormatter(arguments.output, style: .exact)
    let origin = RecordOrigin(
      label: PartitionLabel(topic: "orders", partition: 3), timestampType: .create, leaderEpoch: 1, highWatermark: 2000)
    let batch = try batch()
    var buffer = BytesBuilder(capacity: 1 << 20)
    var count = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process.
    for _ in 0..<2 {
      let before = allocation_count()
      var records = batch.records
      while let record = try records.next() {
        try formatter.append(record, of: origin, to: &buffer)
        count += 1
      }
      allocations = allocation_count() - before
    }
    #expect(count == 2000)
    #expect(allocations == 0)
  }

  /// 1000 records, some of which need escapes and some base64 to be JSON.
  private func batch() throws -> OpenedBatch {
    var builder = RecordBatchBuilder(capacity: 1 << 20)
    let headers = EncodedHeaders([(name: "trace", value: [0x31] as [UInt8]?), (name: "none", value: nil)])
    let values: [[UInt8]] = [
      Array("plain text".utf8), Array("a \"quoted\" ř".utf8), [0xFF, 0x00], Array(#"{"a":[1,-2e3,"\u0041"]}"#.utf8),
    ]
    let key: [UInt8] = [1, 2, 3, 4]
    for index in 0..<1000 {
      let value = values[index % values.count]
      let isAppended = builder.append(key: key.span.bytes, value: value.span.bytes, headers: headers, timestamp: 0)
      #expect(isAppended)
    }
    var reader = RecordSetReader(builder.finish().sealed(producer: nil).bytes)
    return try BatchOpener.open(try #require(try reader.next()), limit: 1 << 20)
  }
}
