import Buffers
import Synchronization
import Testing

@testable import KafkaClient

@Suite("The queue of fetched records and their memory")
struct FetchedQueueTests {
  private static func records(_ size: Int, of share: FetchedMemory.Share) -> FetchedRecords {
    FetchedRecords(
      partition: TopicPartition("t", 0), bytes: Bytes(copying: [UInt8](repeating: 0, count: size)), wanted: 0..<1,
      highWatermark: 1, abortedTransactions: [], share: share)
  }

  @Test("what was taken is released, also while more waits")
  func releases() {
    let queue = FetchedQueue()
    let memory = FetchedMemory(limit: 1000)
    weak var storage: ByteStorage?
    do {
      let first = Self.records(100, of: memory.hold(100))
      storage = first.bytes.storage
      queue.push(first)
    }
    queue.push(Self.records(10, of: memory.hold(10)))
    #expect(memory.heldBytes == 110)
    #expect(storage != nil)
    #expect(queue.popWithoutWaiting()?.bytes.count == 100)
    #expect(storage == nil)
    #expect(memory.heldBytes == 10)
  }

  @Test("an answer is held until the last of its records have been read")
  func wholeAnswers() {
    let queue = FetchedQueue()
    let memory = FetchedMemory(limit: 1000)
    do {
      let share = memory.hold(300)
      for _ in 0..<3 { queue.push(Self.records(100, of: share)) }
    }
    for _ in 0..<3 {
      let records = queue.popWithoutWaiting()
      #expect(records != nil)
      #expect(memory.heldBytes == 300)
      _ = consume records
    }
    #expect(memory.heldBytes == 0)
  }

  @Test("whoever was told that there is no room is called once there is, and once only")
  func room() {
    let memory = FetchedMemory(limit: 100)
    let calls = Mutex(0)
    memory.onRoom { calls.withLock { $0 += 1 } }
    #expect(memory.hasRoom())
    var shares = [memory.hold(60), memory.hold(60)]
    #expect(!memory.hasRoom())
    shares.removeLast()
    #expect(calls.withLock { $0 } == 1 && memory.hasRoom())
    shares.removeLast()
    #expect(calls.withLock { $0 } == 1 && memory.heldBytes == 0)
  }
}
