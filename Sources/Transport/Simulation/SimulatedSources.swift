import Synchronization

/// Workers that run as calls on the loop, each after a delay drawn from the seed, so that they end in any order.
struct SimulatedWorkers: Workers {
  private let loop: SimulatedEventLoop
  private let entropy: SeededEntropy

  init(loop: SimulatedEventLoop, seed: UInt64) {
    self.loop = loop
    entropy = SeededEntropy(SeededGenerator(seed: seed, stream: "workers"))
  }

  func submit(_ body: @escaping @Sendable () -> Void) {
    let delay = entropy.withGenerator { $0.next(in: .zero ... .microseconds(500)) }
    _ = loop.schedule(at: loop.now + delay, body)
  }
}

/// Random numbers from the seed.
final class SeededEntropy: Entropy {
  private let generator: Mutex<SeededGenerator>

  init(_ generator: SeededGenerator) { self.generator = Mutex(generator) }

  func next() -> UInt64 { withGenerator { $0.next() } }

  func withGenerator<Result>(_ body: (inout SeededGenerator) -> Result) -> Result {
    generator.withLock { body(&$0) }
  }
}

/// A time of day that moves with the virtual time.
package final class SimulatedWallClock: WallClock {
  /// What the clock shows at the loop's origin: 2024-01-01 UTC.
  private static let origin: Int64 = 1_704_067_200_000

  private let loop: SimulatedEventLoop

  init(loop: SimulatedEventLoop) { self.loop = loop }

  package var milliseconds: Int64 { Self.origin + loop.now.nanoseconds / 1_000_000 }
}
