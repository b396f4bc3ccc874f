import Synchronization

/// A runtime in which everything happens on one thread, in virtual time, as a seed says: the same seed, the same run.
///
/// All that runs in it must be pinned to the loop: actors by their executor, tasks by ``Runtime/spawn(_:)`` or as
/// children of one. What leaves it, by a bare task, a real clock or a thread, stops the process or shows as a stall.
package final class SimulatedRuntime: Sendable {
  /// What the code under simulation is given.
  package let runtime: Runtime
  package let loop: SimulatedEventLoop
  package let network: SimulatedNetwork
  package let wallClock: SimulatedWallClock

  package init(
    seed: UInt64, order: SimulatedEventLoop.Order = .arrival,
    conditions: SimulatedNetwork.Conditions = SimulatedNetwork.Conditions()
  ) {
    loop = SimulatedEventLoop(seed: seed, order: order)
    network = SimulatedNetwork(loop: loop, seed: seed, conditions: conditions)
    wallClock = SimulatedWallClock(loop: loop)
    runtime = Runtime(
      loop: loop, network: network, workers: SimulatedWorkers(loop: loop, seed: seed),
      entropy: SeededEntropy(SeededGenerator(seed: seed, stream: "entropy")), wallClock: wallClock)
  }

  deinit {
    // Only memory: jobs, timers and channels refer to each other and to the loop.
    loop.discard()
    network.discard()
  }

  /// The number of steps so far, and a hash over them; equal runs have equal ones.
  package var trace: (stepCount: Int, hash: UInt64) { (loop.stepCount, loop.traceHash) }

  /// Runs `body` as a task on the loop and cranks until it has ended. What it leaves behind goes on in the next call.
  ///
  /// - Throws: What `body` throws, or a ``SimulationError`` when it can never end or needs too many steps.
  package func run<Success: Sendable>(
    stepBudget: Int = 20_000_000, _ body: @escaping @Sendable () async throws -> Success
  ) throws -> Success {
    loop.adopt()
    let outcome = Outcome<Success>()
    _ = runtime.spawn {
      do {
        let value = try await body()
        outcome.result.withLock { $0 = .success(value) }
      } catch {
        outcome.result.withLock { $0 = .failure(error) }
      }
    }
    try loop.crank(stepBudget: stepBudget) { outcome.result.withLock { $0 != nil } }
    guard let result = outcome.result.withLock({ $0 }) else { throw SimulationError.stalled(at: loop.now) }
    return try result.get()
  }

  /// Calls `body` on the loop when virtual time has moved on by `delay`: where faults are planned.
  package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
    _ = loop.schedule(at: loop.now + delay, body)
  }

  private final class Outcome<Success: Sendable>: Sendable {
    let result = Mutex<Result<Success, any Error>?>(nil)
  }
}
