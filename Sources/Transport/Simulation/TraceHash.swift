/// A hash over what happened and in which order (FNV-1a over whole words).
struct TraceHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func fold(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01b3
    // Whole words would otherwise mix upwards only.
    value ^= value >> 32
  }
}
