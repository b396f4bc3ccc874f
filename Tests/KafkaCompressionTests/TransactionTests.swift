import KafkaCompression
import KafkaProtocol
import Testing

@Suite("Control batches and aborted transactions")
struct TransactionTests {
  @Test("the type of a control record is known", arguments: RecordVectors.good.filter { $0.name.contains("control") })
  func controlType(vector: RecordVector) throws {
    let expected = try #require(vector.expected)
    var reader = RecordSetReader(vector.bytes)
    let batch = try #require(try reader.next())
    let name =
      switch try BatchOpener.open(batch, limit: 0).controlType {
      case .abort: "ABORT"
      case .commit: "COMMIT"
      case .leaderChange: "LEADER_CHANGE"
      case .unknown: "UNKNOWN"
      case nil: ""
      }
    #expect(batch.isControl)
    #expect(name == expected.controlType)
  }

  @Test(
    "a read_committed consumer keeps what Kafka's does",
    arguments: RecordVectors.good.filter { $0.readCommitted != nil }, [false, true])
  func readCommitted(vector: RecordVector, isReversed: Bool) throws {
    var transactions = vector.abortedTransactions.map {
      AbortedTransactionFilter.Transaction(producerID: $0.producerID, firstOffset: $0.firstOffset)
    }
    if isReversed { transactions.reverse() }
    var filter = AbortedTransactionFilter(transactions)
    var reader = RecordSetReader(vector.bytes)
    var kept: [Int64] = []
    while let batch = try reader.next() {
      guard try filter.delivers(batch) else { continue }
      let opened = try BatchOpener.open(batch, limit: 1 << 20)
      var records = opened.records
      while let record = try records.next() { kept.append(record.offset) }
    }
    #expect(kept == vector.readCommitted)
    #expect(!kept.isEmpty)
  }
}
