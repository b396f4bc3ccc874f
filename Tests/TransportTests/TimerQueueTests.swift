import Synchronization
import Testing

@testable import Transport

@Suite("The queue of timers")
struct TimerQueueTests {
  @Test("timers come by instant, and in the order set where instants are equal", arguments: [1, 2, 3] as [UInt64])
  func order(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "test")
    var queue = TimerQueue()
    let fired = Mutex<[Int]>([])
    var model: [(instant: Int, number: Int)] = []
    var timers: [TimerID] = []
    for number in 0..<500 {
      let instant = generator.next(below: 40)
      model.append((instant, number))
      timers.append(queue.add(at: Instant(nanoseconds: Int64(instant))) { fired.withLock { $0.append(number) } })
    }
    // Most are cancelled, so that the heap is rebuilt on the way.
    for number in 0..<500 where generator.next(below: 4) > 0 {
      queue.cancel(timers[number])
      queue.cancel(timers[number])
      model.removeAll { $0.number == number }
    }
    #expect(queue.count == model.count)
    while let body = queue.popDue(Instant(nanoseconds: 100)) { body() }
    #expect(fired.withLock { $0 } == model.sorted { ($0.instant, $0.number) < ($1.instant, $1.number) }.map(\.number))
    #expect(queue.nextInstant() == nil)
  }

  @Test("a timer is not given out before its instant")
  func notDue() {
    var queue = TimerQueue()
    _ = queue.add(at: Instant(nanoseconds: 10)) {}
    #expect(queue.popDue(Instant(nanoseconds: 9)) == nil)
    #expect(queue.nextInstant() == Instant(nanoseconds: 10))
    #expect(queue.popDue(Instant(nanoseconds: 10)) != nil)
  }
}
