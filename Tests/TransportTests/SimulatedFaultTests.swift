import Buffers
import Testing

@testable import Transport

@Suite("Faults of the simulated network")
struct SimulatedFaultTests {
  private let simulation = SimulatedRuntime(seed: 7)
  private var runtime: Runtime { simulation.runtime }
  private var network: SimulatedNetwork { simulation.network }

  @Test("an endpoint that refuses, or where nobody listens, is unreachable")
  func refused() throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      let (_, _, listener) = try await runtime.connectedPair(host: "::1")
      network.setRefused(true, host: "[::1]", port: listener.port)
      for port in [listener.port, 5] {
        await #expect(throws: TransportError.unreachable([.init(address: "[::1]:\(port)", errno: 111)])) {
          _ = try await runtime.network.connect(to: "::1", port: port, family: .any, deadline: runtime.farDeadline)
        }
      }
      network.setRefused(false, host: "::1", port: listener.port)
      _ = try await runtime.network.connect(to: "::1", port: listener.port, family: .any, deadline: runtime.farDeadline)
    }
  }

  @Test("a host that is silent lets a connection time out at its deadline")
  func silentConnect() throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      network.setSilent(true, host: "b1")
      let deadline = runtime.loop.now + .seconds(10)
      await #expect(throws: TransportError.timedOut([.init(address: "b1:9092", errno: 110)])) {
        _ = try await runtime.network.connect(to: "b1", port: 9092, family: .any, deadline: deadline)
      }
      #expect(runtime.loop.now == deadline)
    }
  }

  @Test("what is sent to a silent host arrives in order when it is back")
  func silence() throws {
    let (runtime, network) = (runtime, network)
    let simulation = self.simulation
    try simulation.run {
      let (client, server, _) = try await runtime.connectedPair(host: "b1")
      let inbox = Inbox()
      server.start(inbox, maximumFrameSize: 1000)
      for size in 0..<20 { client.send(framed(patterned(size))) }
      network.setSilent(true, host: "b1")
      let start = runtime.loop.now
      simulation.after(.seconds(30)) { network.setSilent(false, host: "b1") }
      for size in 20..<40 { client.send(framed(patterned(size))) }
      for size in 0..<40 { #expect(await inbox.next() == .frame(patterned(size))) }
      #expect(runtime.loop.now - start >= .seconds(30))
    }
  }

  @Test("a broken connection ends on both sides, once", arguments: [true, false])
  func broken(isReset: Bool) throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      let (client, server, listener) = try await runtime.connectedPair(host: "b1")
      let inboxes = [Inbox(), Inbox()]
      for (channel, inbox) in zip([client, server], inboxes) { channel.start(inbox, maximumFrameSize: 1000) }
      if isReset {
        network.resetConnections(host: "b1", port: listener.port)
      } else {
        network.closeConnections(host: "b1", port: listener.port)
      }
      let expected: TransportError =
        isReset ? .system(call: "read", errno: 104) : .closedByPeer(withinFrame: false)
      for inbox in inboxes { #expect(await inbox.next() == .closed(expected)) }
      try await runtime.sleep(for: .seconds(10))
      #expect(inboxes.allSatisfy { $0.events.isEmpty })
      #expect(network.openConnectionCount == 0)
    }
  }

  @Test("what was sent before a close arrives, and more than the window stays unsent")
  func window() throws {
    let runtime = runtime
    try simulation.run {
      let (client, server, _) = try await runtime.connectedPair(host: "b1")
      let inbox = Inbox()
      server.start(inbox, maximumFrameSize: 1 << 20)
      client.send(framed(patterned(100)))
      client.send(framed(patterned(100_000)) + framed(patterned(110_000)))
      #expect((110_000...110_004).contains(client.unsentBytes))
      client.close()
      #expect(await inbox.next() == .frame(patterned(100)))
      #expect(await inbox.next() == .frame(patterned(100_000)))
      guard case .closed = await inbox.next() else { return #expect(Bool(false), "the end was to come next") }
    }
  }

  @Test("a frame larger than the window arrives in parts, each when there is room for it")
  func largeFrame() throws {
    let runtime = runtime
    try simulation.run {
      let (client, server, _) = try await runtime.connectedPair(host: "b1")
      let inbox = Inbox()
      server.start(inbox, maximumFrameSize: 1 << 20)
      client.send(framed(patterned(600_000)))
      #expect(client.unsentBytes == 600_004 - SimulatedNetwork.Conditions().window)
      #expect(await inbox.next() == .frame(patterned(600_000)))
      #expect(client.unsentBytes == 0)
    }
  }

  @Test("sending to a side that has closed is answered by a reset or its end")
  func sendToClosed() throws {
    let runtime = runtime
    try simulation.run {
      let (client, server, _) = try await runtime.connectedPair(host: "b1")
      let inbox = Inbox()
      client.start(inbox, maximumFrameSize: 100)
      server.reset()
      client.send(framed(patterned(3)))
      #expect(await inbox.next() == .closed(.system(call: "read", errno: 104)))
    }
  }

  @Test("connecting can be cancelled, before or after it began", arguments: [true, false])
  func cancelled(beforeIt: Bool) throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      network.setSilent(true, host: "b1")
      let task = runtime.spawn {
        try await runtime.network.connect(to: "b1", port: 1, family: .any, deadline: runtime.farDeadline)
      }
      if !beforeIt { try await runtime.sleep(for: .seconds(1)) }
      task.cancel()
      await #expect(throws: TransportError.cancelled) { _ = try await task.value }
    }
  }

  @Test("the addresses of a name are tried in turn, past one that refuses and one that is silent")
  func severalAddresses() throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      network.setAddresses(["b1", "b2", "b3"], of: "cluster")
      network.setSilent(true, host: "b2")
      let start = runtime.loop.now
      let accepted = AcceptedChannels()
      let listener = try runtime.network.listen(on: "b3", port: 9092) { accepted.add($0) }
      let channel = try await runtime.network.connect(
        to: "cluster", port: 9092, family: .any, deadline: runtime.farDeadline)
      #expect(channel.peer == "b3:9092")
      #expect(runtime.loop.now - start < .seconds(1))
      listener.close()
      let failures = [("b1", 111), ("b2", 110), ("b3", 111)] as [(String, Int32)]
      let expected = failures.map { TransportError.FailedAddress(address: "\($0):9092", errno: $1) }
      await #expect(throws: TransportError.timedOut(expected)) {
        _ = try await runtime.network.connect(
          to: "cluster", port: 9092, family: .any, deadline: runtime.loop.now + .seconds(3))
      }
    }
  }

  @Test("a name can have no address")
  func unresolved() throws {
    let (runtime, network) = (runtime, network)
    try simulation.run {
      network.setAddresses([], of: "b2")
      await #expect(throws: TransportError.unresolved(host: "b2", reason: "name or service not known")) {
        _ = try await runtime.network.connect(to: "b2", port: 1, family: .any, deadline: runtime.farDeadline)
      }
    }
  }

  /// A client that asks again on a new connection until it has its answers, under faults drawn from the seed.
  private func persistentClient(_ seed: UInt64) throws -> (Int, UInt64) {
    let simulation = SimulatedRuntime(seed: seed)
    let runtime = simulation.runtime
    try simulation.run {
      _ = try runtime.network.listen(on: "b1", port: 9092) { channel in
        channel.start(Inbox { channel, frame in channel.send(framed(frame)) }, maximumFrameSize: 1000)
      }
      let end = runtime.loop.now + .seconds(20)
      simulation.network.inject(
        FaultSchedule(meanInterval: .milliseconds(20), duration: .milliseconds(1)...(.milliseconds(50)), end: end))
      var answers = 0
      while answers < 50 {
        let deadline = runtime.loop.now + .seconds(1)
        guard
          let channel = try? await runtime.network.connect(to: "b1", port: 9092, family: .any, deadline: deadline)
        else {
          try await runtime.sleep(for: .milliseconds(1))
          continue
        }
        let inbox = Inbox()
        channel.start(inbox, maximumFrameSize: 1000)
        var isOpen = true
        while isOpen, answers < 50 {
          channel.send(framed(patterned(answers)))
          isOpen = await inbox.next() == .frame(patterned(answers))
          if isOpen { answers += 1 }
        }
        channel.close()
      }
    }
    return simulation.trace
  }

  @Test("under faults from the seed a client that persists gets its answers, and the run repeats", arguments: 0..<10)
  func persistence(seed: UInt64) throws {
    let first = try persistentClient(seed)
    #expect(try persistentClient(seed) == first)
  }
}
