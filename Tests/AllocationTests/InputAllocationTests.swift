import Buffers
import CAllocationCount
import KafkaCLI
import Testing

@Suite("Allocations of input per record")
struct InputAllocationTests {
  /// With which options records are written and read again.
  private static let forms: [(written: String, read: String)] = [
    ("", ""), ("-K :", "-K :"), ("-K ::", "-K :: -Z --null NULL"), (#"-D \r\n -K \t"#, #"-D \r\n -K \t"#),
    ("--output length", "-i length"), ("--output length -K :", "-i length -K :"),
    ("-J", "-i json"), ("-J --value-json", "-i json"),
    (#"-f %k%s\n"#, #"-f %s\n"#), (#"-f %o_%E_%w_%p_%t_%k=%s\n"#, #"-f %o_%E_%w_%p_%t_%k=%s\n"#),
    (#"-f %T_%K_%S_%k%s"#, #"-f %T_%K_%S_%k%s"#), (#"-f %R%s"#, #"-f %R%s"#),
    (#"-f %T{iso}_%h_%k{hex}_%s{base64}\n"#, #"-f %T{iso}_%h_%k{hex}_%s{base64}\n"#),
    (#"-f %k{i32le}_%h{trace}_%s{json}\n"#, #"-f %k{i32le}_%h{trace}_%s{json}\n"#),
    (#"-f %T{iso}_%s{hex}\n"#, #"-f %T{iso}_%s{hex}\n"#),
  ]

  @Test("reading 1000 records of any form allocates nothing", arguments: forms)
  func reading(written: String, read: String) throws {
    let block = try SampleBatch.written(as: written)
    let limit = 1 << 20
    let (records, allocations) =
      switch try CommandOptions.produce(read).input {
      case .lines(let rules, let delimiter): Self.readAll(LineReader(rules, delimiter: delimiter, limit: limit), block)
      case .raw(let rules): Self.readAll(RawReader(rules, limit: limit), block)
      case .length(let hasKeys, let key):
        Self.readAll(LengthReader(hasKeys: hasKeys, defaultKey: key, limit: limit), block)
      case .json(let key): Self.readAll(JSONReader(defaultKey: key, limit: limit), block)
      case .format(let format, let rules): Self.readAll(FormatReader(format, rules: rules, limit: limit), block)
      }
    #expect(records == 1000)
    #expect(allocations == 0)
  }

  @Test("reading files whole allocates nothing once the buffer has the size of the largest")
  func readingFiles() {
    let rules = InputFieldRules(keyDelimiter: nil, defaultKey: nil, emptyIsNull: false, nullString: nil)
    var reader = RawReader(rules, limit: 1 << 20)
    let block = Bytes(copying: [UInt8](repeating: 0x61, count: 1000))
    var allocations = 0
    var byteCount = 0
    for _ in 0..<3 {
      let before = allocation_count()
      reader.begin()
      reader.feed(block)
      if reader.finish() == .record { byteCount += reader.fields.value?.byteCount ?? 0 }
      allocations = allocation_count() - before
    }
    #expect(byteCount == 3000)
    #expect(allocations == 0)
  }

  /// The records of a block, and the allocations of reading them; those between the records of two blocks are not
  /// counted.
  private static func readAll<Reader: InputRecordReader & ~Copyable>(
    _ reader: consuming Reader, _ block: Bytes
  ) -> (records: Int, allocations: Int) {
    var reader = reader
    var count = 0
    var byteCount = 0
    var allocations = 0
    // The first round initializes what is initialized once for the process, and gives the buffers their size.
    for _ in 0..<2 {
      count = 0
      reader.feed(block)
      let before = allocation_count()
      while reader.advance() == .record {
        let fields = reader.fields
        byteCount += (fields.key?.byteCount ?? 0) + (fields.value?.byteCount ?? 0)
        count += 1
      }
      allocations = allocation_count() - before
    }
    return (byteCount > 0 ? count : 0, allocations)
  }
}
