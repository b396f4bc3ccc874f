import Buffers
import CAllocationCount
import KafkaCLI
import KafkaProtocol
import Testing

@Suite("Allocations of output per record")
struct OutputAllocationTests {
  @Test(
    "writing 1000 records allocates nothing once the output has its size",
    arguments: [
      "", "-K :", "-D :: -K ::", "-J", "-J --value-json", "--output raw", "--output length", "--output length -K :",
      #"-f %t[%p]%o_%k=%s_%T_%T{iso}_%s{hex}_%s{base64}_%s{json}_%h_%h{trace}_%S_%K_%R\n"#,
      #"-f %E_%w_%k{i32}_%k{u32le}_%T{%F-%H:%M:%S.%3N}_%%\n"#,
    ])
  func writing(options: String) throws {
    let formatter = RecordFormatter(try CommandOptions.consume(options).output, style: .exact)
    let batch = try SampleBatch.opened()
    var buffer = BytesBuilder(capacity: 1 << 20)
    var count = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process.
    for _ in 0..<2 {
      let before = allocation_count()
      var records = batch.records
      while let record = try records.next() {
        try formatter.append(record, of: SampleBatch.origin, to: &buffer)
        count += 1
      }
      allocations = allocation_count() - before
    }
    #expect(count == 2000)
    #expect(allocations == 0)
  }

  @Test(
    "choosing among 1000 records allocates nothing",
    arguments: [
      ("offset>=500 and partition=3", 500), ("topic=orders and timestamp>=1700000000250", 750), ("size<10", 250),
      ("key=k or value*=text", 250), ("value~'^p.*[sx]t$'", 250), (#""ř""#, 250), ("!header.trace=1", 0),
      ("header.none", 1000), ("value=null", 0), ("value.a[]=1", 250), ("value.a[2]=A", 250),
      ("value.b.c>1234567890.5", 0), ("value.b.c<1234567890.5", 250), ("value.a[1]<=-1999.5", 250),
      ("not (value.b or value.x)", 750),
    ])
  func choosing(expression: String, passing: Int) throws {
    var matcher = FilterMatcher(try RecordFilter(parsing: [Array(expression.utf8)]))
    let batch = try SampleBatch.opened()
    let topic = Bytes(utf8: "orders")
    var passed = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process, and gives the buffers their size.
    for _ in 0..<2 {
      passed = 0
      let before = allocation_count()
      var records = batch.records
      while let record = try records.next() {
        if matcher.matches(record, topic: topic, partition: 3) { passed += 1 }
      }
      allocations = allocation_count() - before
    }
    #expect(passed == passing)
    #expect(allocations == 0)
  }
}
