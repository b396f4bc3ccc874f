import CLinux

/// How the process uses memory.
enum Heap {
  private static let largeBlock: Int32 = 256 << 10

  /// Has large blocks given back to the system as soon as they are freed. Left to itself the C library begins to keep
  /// them, in a heap for each thread, once it has seen one freed. To be called before anything is allocated.
  static func giveBackLargeBlocks() { _ = mallopt(M_MMAP_THRESHOLD, largeBlock) }
}
