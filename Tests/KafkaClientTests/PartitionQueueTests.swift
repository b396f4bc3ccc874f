import KafkaProtocol
import Testing
import Transport

@testable import KafkaClient

@Suite("A partition's queue of batches")
struct PartitionQueueTests {
  private static let identity = ProducerIdentity(id: 9, epoch: 0, baseSequence: 0, isTransactional: false)

  private static func queue() -> PartitionQueue {
    let queue = PartitionQueue(
      reference: PartitionReference(topic: TopicIndex(number: 0), partition: 0), topic: "t",
      backoff: Backoff(.milliseconds(100) ... .seconds(1)))
    _ = queue.renumber(identity, number: 0)
    return queue
  }

  private static func append(_ count: Int, to queue: PartitionQueue, number: UInt64) -> PendingBatch {
    let batch = PendingBatch(
      number: number, recordCount: count, marks: RecordMarks(), heldBytes: 0, deadline: Instant(nanoseconds: .max))
    batch.identity = queue.takeIdentity(identity, count: count)
    batch.state = .ready
    queue.append(batch)
    return batch
  }

  @Test("batches are numbered by their records, and the numbers go on from the largest to 0")
  func sequences() {
    #expect(ProducerIdentity.sequence(5, advancedBy: 3) == 8)
    #expect(ProducerIdentity.sequence(.max, advancedBy: 1) == 0)
    #expect(ProducerIdentity.sequence(.max - 1, advancedBy: 4) == 2)
    #expect(ProducerIdentity.sequence(2, advancedBy: -4) == Int32.max - 1)
  }

  @Test("a batch that was refused leaves its numbers to those behind it, once all have come back")
  func gap() {
    let queue = Self.queue()
    let batches = (0..<4).map { Self.append(10, to: queue, number: UInt64($0)) }
    for batch in batches.prefix(3) { queue.markSent(batch) }
    queue.removeLeavingGap(batches[1])
    #expect(queue.inFlight == 2)
    for batch in [batches[0], batches[2]] { queue.markReturned(batch) }
    #expect(queue.closeGaps().map(\.number) == [2, 3])
    #expect(queue.batches.map { $0.identity?.baseSequence } == [0, 10, 20])
    #expect(Self.append(1, to: queue, number: 9).identity?.baseSequence == 30)
  }

  @Test("what takes the place of a batch, or gets a new identity, does not lose or keep a gap")
  func gapsOfParts() {
    let queue = Self.queue()
    let batches = (0..<3).map { Self.append(10, to: queue, number: UInt64($0)) }
    queue.removeLeavingGap(batches[0])
    #expect(queue.hasGaps)
    let part = PendingBatch(
      number: 7, recordCount: 10, marks: RecordMarks(), heldBytes: 0, deadline: Instant(nanoseconds: .max))
    part.identity = batches[1].identity
    part.sequenceShift = batches[1].sequenceShift
    queue.replace(batches[1], by: [part])
    _ = queue.closeGaps()
    #expect(queue.batches.map { $0.identity?.baseSequence } == [0, 10])
    queue.removeLeavingGap(part)
    _ = queue.renumber(Self.identity, number: 1)
    #expect(!queue.hasGaps)
  }

  @Test("batches leave in order, and one that is being sealed holds up those behind it")
  func order() {
    let queue = Self.queue()
    let first = Self.append(1, to: queue, number: 1)
    let second = Self.append(1, to: queue, number: 2)
    first.state = .sealing
    #expect(queue.next == nil)
    first.state = .ready
    #expect(queue.next === first)
    queue.markSent(first)
    #expect(queue.next === second)
    #expect(!queue.mayPipeline)
    queue.isIdentityKnown = true
    #expect(queue.mayPipeline)
  }

  @Test("under a new identity the numbers begin at 0 again")
  func renumber() {
    let queue = Self.queue()
    for number in 0..<3 { _ = Self.append(5, to: queue, number: UInt64(number)) }
    let fresh = ProducerIdentity(id: 10, epoch: 0, baseSequence: 0, isTransactional: false)
    queue.remove(queue.batches[0])
    #expect(queue.renumber(fresh, number: 1).count == 2)
    #expect(queue.batches.map { $0.identity?.baseSequence } == [0, 5])
    #expect(queue.batches.allSatisfy { $0.identity?.id == 10 })
  }
}
