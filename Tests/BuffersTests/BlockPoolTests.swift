import Buffers
import Testing

@Suite("Blocks that go round")
struct BlockPoolTests {
  @Test("a block that was given back is taken again for what fills most of it, and for nothing else")
  func fit() {
    let pool = BlockPool(limit: 4 << 20)
    let block = pool.take(3 << 19)
    #expect(block.capacity == 3 << 19)
    pool.giveBack(block)
    #expect(pool.idleBytes == block.capacity)
    for (size, fits) in [(3 << 19, true), (1 << 20, true), ((1 << 20) - 1, false), ((3 << 19) + 1, false)] {
      let next = pool.take(size)
      #expect((next.base == block.base) == fits, "\(size)")
      #expect(next.capacity >= size)
      // What does not come out of the pool is kept out of it.
      if fits { pool.giveBack(next) } else { next.base.deallocate() }
    }
  }

  @Test("what is idle stays below the limit, and what has been idle longest goes")
  func limit() {
    let pool = BlockPool(limit: 1 << 20)
    let blocks = (0..<20).map { _ in pool.take(100 << 10) }
    #expect(Set(blocks.map(\.base)).count == 20)
    for block in blocks {
      pool.giveBack(block)
      #expect(pool.idleBytes <= 1 << 20)
    }
    #expect(pool.idleBytes > 900 << 10)
    let last = pool.take(100 << 10)
    #expect(last.base == blocks[19].base)
    pool.giveBack(last)
  }

  @Test("a block larger than the limit is not kept")
  func tooLarge() {
    let pool = BlockPool(limit: 1 << 20)
    pool.giveBack(pool.take((1 << 20) + 1))
    #expect(pool.idleBytes == 0)
  }

  @Test(
    "a block has what was asked for and at most an eighth more", arguments: [64 << 10, 100_000, 1 << 20, 5_000_001])
  func rounding(size: Int) {
    let pool = BlockPool(limit: 0)
    let block = pool.take(size)
    #expect(size...(size + size / 8) ~= block.capacity)
    #expect(size != 1 << 20 || block.capacity == size)
    pool.giveBack(block)
  }
}
