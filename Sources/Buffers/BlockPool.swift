import Synchronization

/// Large blocks of memory that are not in use, kept for whoever needs one of about that size next.
///
/// Memory that is fresh from the system costs a page fault for every 4 KiB that is written the first time, which takes
/// about as long as filling it. Inputs, batches and answers come and go as blocks of up to some MiB; with a pool they
/// go round in the same few. What is kept is bounded, and the blocks that have been idle longest go first.
///
/// May be used on any thread. The lock is taken once for a block.
package final class BlockPool: Sendable {
  /// From this size on a block is worth keeping.
  @usableFromInline package static let minimumBlockSize = 64 << 10
  /// The blocks of the process; at most 16 MiB of them are idle.
  package static let shared = BlockPool(limit: 16 << 20)

  /// Unchecked because a block that is in the pool, or was just taken out of it, is known to nobody else.
  package struct Block: @unchecked Sendable {
    package let base: UnsafeMutableRawPointer
    package let capacity: Int
  }

  private struct State {
    /// The block that came last is the last.
    var idle: [Block] = []
    var idleBytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: The most bytes that are kept idle.
  package init(limit: Int) { self.limit = limit }

  deinit { state.withLock { for block in $0.idle { block.base.deallocate() } } }

  /// The bytes of all blocks that are idle.
  package var idleBytes: Int { state.withLock { $0.idleBytes } }

  /// Takes a block of at least `size` bytes and at most half as many more, or allocates one.
  ///
  /// What is in it is of no meaning. The caller owns it, until it is given back.
  package func take(_ size: Int) -> Block {
    let known = state.withLock { state -> Block? in
      guard let index = state.idle.lastIndex(where: { size...(size + size / 2) ~= $0.capacity }) else { return nil }
      let block = state.idle.remove(at: index)
      state.idleBytes -= block.capacity
      return block
    }
    if let known { return known }
    let capacity = Self.rounded(size)
    return Block(base: .allocate(byteCount: capacity, alignment: 16), capacity: capacity)
  }

  /// Takes a block back that nobody uses any more.
  package func giveBack(_ block: Block) {
    let dropped = state.withLock { state -> [Block] in
      guard block.capacity <= limit else { return [block] }
      var dropped = 0
      state.idleBytes += block.capacity
      while state.idleBytes > limit {
        state.idleBytes -= state.idle[dropped].capacity
        dropped += 1
      }
      defer {
        state.idle.removeFirst(dropped)
        state.idle.append(block)
      }
      return Array(state.idle[..<dropped])
    }
    for block in dropped { block.base.deallocate() }
  }

  /// Up to an eighth more, so that blocks for sizes that differ by little can take each other's place.
  private static func rounded(_ size: Int) -> Int {
    let step = max((1 << (Int.bitWidth - 1 - size.leadingZeroBitCount)) / 8, 16)
    return (size + step - 1) / step * step
  }
}
