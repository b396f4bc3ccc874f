import Buffers
import Testing

@testable import Transport

@Suite("The simulated runtime")
struct SimulationTests {
  /// Three clients send frames to one echo and hear them back; returns in which order the answers came.
  private func echo(_ simulation: SimulatedRuntime, frames: Int = 5) throws -> [Int] {
    let runtime = simulation.runtime
    return try simulation.run {
      let listener = try runtime.network.listen(on: "broker", port: 9092) { channel in
        channel.start(Inbox { channel, frame in channel.send(framed(frame)) }, maximumFrameSize: 1 << 20)
      }
      let order = Recorder<Int>()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for client in 0..<3 {
          group.addTask {
            let channel = try await runtime.network.connect(
              to: "broker", port: 9092, family: .any, deadline: runtime.farDeadline)
            let inbox = Inbox()
            channel.start(inbox, maximumFrameSize: 1 << 20)
            for index in 0..<frames { channel.send(framed(patterned(index * 700, seed: client))) }
            for index in 0..<frames {
              #expect(await inbox.next() == .frame(patterned(index * 700, seed: client)))
              order.add(client)
            }
            channel.close()
          }
        }
        try await group.waitForAll()
      }
      listener.close()
      return order.elements
    }
  }

  @Test("answers come whole and in order under any cuts and delays", arguments: 0..<20)
  func thousandSeeds(block: Int) throws {
    for seed in UInt64(block * 50)..<UInt64(block * 50 + 50) {
      let order = try echo(SimulatedRuntime(seed: seed, order: seed % 2 == 0 ? .arrival : .drawn))
      #expect(order.count == 15, "seed \(seed)")
    }
  }

  @Test("the same seed gives the same run", arguments: [1, 2, 77] as [UInt64])
  func sameSeed(seed: UInt64) throws {
    let simulations = (0..<2).map { _ in SimulatedRuntime(seed: seed, order: .drawn) }
    let orders = try simulations.map { try echo($0) }
    #expect(orders[0] == orders[1])
    #expect(simulations[0].trace == simulations[1].trace)
    #expect(simulations[0].loop.now == simulations[1].loop.now)
  }

  @Test("different seeds give different orders between connections")
  func otherSeeds() throws {
    let orders = try (0..<20).map { try echo(SimulatedRuntime(seed: $0)) }
    #expect(Set(orders).count > 10)
  }

  @Test("an hour of virtual time passes without waiting")
  func virtualTime() throws {
    let simulation = SimulatedRuntime(seed: 1)
    let runtime = simulation.runtime
    let started = runtime.wallClock.milliseconds
    try simulation.run { try await runtime.sleep(for: .seconds(3600)) }
    #expect(runtime.wallClock.milliseconds == started + 3_600_000)
    #expect(simulation.trace.stepCount < 10)
  }

  @Test("a body that nothing can wake is a stall")
  func stall() throws {
    let simulation = SimulatedRuntime(seed: 1)
    #expect(throws: SimulationError.stalled(at: simulation.loop.now)) {
      try simulation.run { _ = await Inbox().next() }
    }
  }

  @Test("a body that never ends spends its steps, or spins")
  func endless() throws {
    let simulation = SimulatedRuntime(seed: 1)
    let runtime = simulation.runtime
    #expect(throws: SimulationError.self) {
      try simulation.run(stepBudget: 100) { while true { try await runtime.sleep(for: .seconds(1)) } }
    }
    let spinning = SimulatedRuntime(seed: 1)
    #expect(throws: SimulationError.spinning(at: spinning.loop.now)) {
      try spinning.run { while true { await Task.yield() } }
    }
  }

  @Test("work on workers ends in the loop, in an order of the seed")
  func workers() throws {
    let orders = try (0..<10 as Range<UInt64>).map { seed in
      let simulation = SimulatedRuntime(seed: seed)
      let runtime = simulation.runtime
      return try simulation.run {
        await withTaskGroup(of: Int.self) { group in
          for number in 0..<6 { group.addTask { await runtime.onWorker { number } } }
          return await group.reduce(into: []) { $0.append($1) }
        }
      }
    }
    #expect(orders.allSatisfy { $0.sorted() == [0, 1, 2, 3, 4, 5] })
    #expect(Set(orders).count > 5)
  }
}
