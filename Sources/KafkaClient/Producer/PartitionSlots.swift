/// The slots of a topic's partitions, in memory of their own.
///
/// A record gets to its slot without a reference to count and without a check for exclusive access, of which the
/// accumulator's lock of open batches makes sure. Copies share the slots until one of them grows, and are of no use
/// after that.
struct PartitionSlots {
  private var memory: Memory
  private var base: UnsafeMutablePointer<PartitionSlot>
  private(set) var count: Int

  private final class Memory {
    let base: UnsafeMutablePointer<PartitionSlot>
    var count: Int

    init(base: UnsafeMutablePointer<PartitionSlot>, count: Int) {
      self.base = base
      self.count = count
    }

    deinit {
      base.deinitialize(count: count)
      base.deallocate()
    }
  }

  /// Makes slots for the partitions from 0 on.
  init(count: Int) {
    base = .allocate(capacity: count)
    for index in 0..<count { (base + index).initialize(to: PartitionSlot()) }
    memory = Memory(base: base, count: count)
    self.count = count
  }

  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> PartitionSlot {
    @inline(__always)
    _read {
      precondition(indices.contains(index))
      yield base[index]
    }
    @inline(__always)
    nonmutating _modify {
      precondition(indices.contains(index))
      yield &base[index]
    }
  }

  /// Makes slots for more partitions.
  mutating func grow(to count: Int) {
    guard count > self.count else { return }
    let grown = PartitionSlots(count: count)
    grown.base.deinitialize(count: self.count)
    grown.base.moveInitialize(from: base, count: self.count)
    memory.count = 0
    self = grown
  }
}
