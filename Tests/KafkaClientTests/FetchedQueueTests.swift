import Buffers
import Testing

@testable import KafkaClient

@Suite("The queue of fetched records")
struct FetchedQueueTests {
  private static func records(_ size: Int) -> FetchedRecords {
    FetchedRecords(
      partition: TopicPartition("t", 0), bytes: Bytes(copying: [UInt8](repeating: 0, count: size)), wanted: 0..<1,
      highWatermark: 1, abortedTransactions: [])
  }

  @Test("what was taken is released, also while more waits")
  func releases() {
    let queue = FetchedQueue()
    weak var storage: ByteStorage?
    do {
      let first = Self.records(100)
      storage = first.bytes.storage
      queue.push(first)
    }
    queue.push(Self.records(10))
    #expect(queue.heldBytes == 110)
    #expect(storage != nil)
    #expect(queue.popWithoutWaiting()?.bytes.count == 100)
    #expect(storage == nil)
    #expect(queue.heldBytes == 10)
  }
}
