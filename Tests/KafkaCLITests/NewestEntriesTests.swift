import Testing

@testable import KafkaCLI

@Suite("The newest records, as they are kept")
struct NewestEntriesTests {
  @Test("what is remembered of each record counts too")
  func emptyRecords() {
    var newest = NewestEntries(1000)
    for number in 0..<1000 {
      let none: [UInt8] = []
      newest.keep(timestamp: Int64(number), partition: 0, offset: Int64(number), none.span.bytes)
    }
    #expect(newest.heldBytes >= 1000 * 24)
  }

  @Test("records that make room for newer ones take no memory, and those that are left come by time")
  func room() {
    var newest = NewestEntries(10)
    for number in 0..<10_000 {
      // Of the two partitions one is older than the other throughout.
      let (partition, time) = (number % 2, number % 2 == 0 ? number : -number)
      let form = Array("\(partition):\(number) ".utf8) + [UInt8](repeating: 0x2E, count: 100)
      newest.keep(timestamp: Int64(time), partition: partition, offset: Int64(number), form.span.bytes)
    }
    #expect(newest.heldBytes < 10 * 200)
    #expect(newest.bufferBytes < 1 << 17)
    var forms: [String] = []
    newest.forEach { form in
      forms.append(form.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0x20 }, as: UTF8.self) })
    }
    #expect(forms == stride(from: 9980, to: 10_000, by: 2).map { "0:\($0)" })
  }
}
