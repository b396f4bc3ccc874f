/// The timers of one loop, ordered by instant and, where instants are equal, by the order in which they were set.
///
/// A binary heap of instants beside a table of bodies: to cancel is to forget the body, in constant time, and the
/// heap drops the entry when it comes up or when more than half of it is dead.
struct TimerQueue {
  private struct Entry {
    var instant: Instant
    var number: UInt64

    static func < (left: Entry, right: Entry) -> Bool {
      (left.instant, left.number) < (right.instant, right.number)
    }
  }

  private var heap: [Entry] = []
  private var bodies: [UInt64: @Sendable () -> Void] = [:]
  private var lastNumber: UInt64 = 0

  /// The number of timers that are set.
  var count: Int { bodies.count }

  mutating func add(at instant: Instant, _ body: @escaping @Sendable () -> Void) -> TimerID {
    lastNumber += 1
    bodies[lastNumber] = body
    heap.append(Entry(instant: instant, number: lastNumber))
    siftUp(heap.count - 1)
    return TimerID(number: lastNumber)
  }

  mutating func cancel(_ timer: TimerID) {
    guard bodies.removeValue(forKey: timer.number) != nil else { return }
    if heap.count > 64, heap.count > bodies.count * 2 { dropCancelled() }
  }

  /// The instant of the first timer.
  mutating func nextInstant() -> Instant? {
    while let first = heap.first {
      if bodies[first.number] != nil { return first.instant }
      removeFirst()
    }
    return nil
  }

  /// Takes out the first timer if its instant is not after `now`.
  mutating func popDue(_ now: Instant) -> (@Sendable () -> Void)? {
    guard let instant = nextInstant(), instant <= now else { return nil }
    let number = heap[0].number
    removeFirst()
    return bodies.removeValue(forKey: number)
  }

  mutating func removeAll() {
    heap = []
    bodies = [:]
  }

  private mutating func dropCancelled() {
    heap.removeAll { bodies[$0.number] == nil }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    siftDown(0)
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index] < heap[parent] else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var index = start
    while true {
      var least = index
      let left = 2 * index + 1
      if left < heap.count, heap[left] < heap[least] { least = left }
      if left + 1 < heap.count, heap[left + 1] < heap[least] { least = left + 1 }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
