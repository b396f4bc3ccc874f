import Transport

/// One random number for several waits that are to end together.
struct SharedEntropy: Entropy {
  private let number: UInt64

  init(_ entropy: any Entropy) { number = entropy.next() }

  func next() -> UInt64 { number }
}
