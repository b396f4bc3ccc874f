import Buffers
import KafkaCompression
import KafkaProtocol
import Testing
import Transport

@testable import KafkaClient

@Suite("Full batches")
struct FullBatchTests {
  @Test("a batch is sealed where its records were written")
  func sealedInPlace() throws {
    var open = OpenBatch(
      RecordBatchBuilder(capacity: 4096), keepsTimestamps: false, at: Instant(nanoseconds: 0))
    for number in 1...3 as ClosedRange<Int64> {
      let value: [UInt8] = [1, 2, 3]
      #expect(
        open.append(key: nil, value: value.span.bytes, headers: .none, timestamp: 0, number: number) != nil)
    }
    let full = open.finish()
    #expect(full.recordCount == 3)
    let draft = full.takeDraft()
    let written = draft.payload.withUnsafeBytes { $0.baseAddress.map { Int(bitPattern: $0) } }
    let sealed = try BatchSealer.seal(consume draft)
    let sent = sealed.bytes.withUnsafeBytes { $0.baseAddress.map { Int(bitPattern: $0) } }
    #expect(try #require(written) - #require(sent) == 61, "behind the header")
  }
}
