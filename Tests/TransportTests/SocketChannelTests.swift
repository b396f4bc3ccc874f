import Buffers
import Testing
import Transport

@Suite("Channels on sockets")
struct SocketChannelTests {
  @Test("frames of any size arrive whole and in order", arguments: ["127.0.0.1", "::1", "[::1]", "localhost"])
  func roundTrip(host: String) async throws {
    let sizes = [0, 1, 4, 1000, 65_531, 65_532, 65_536, 200_000, 3_000_000, 7, 0, 12]
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair(host: host)
      server.start(Inbox { channel, frame in channel.send(framed(frame)) }, maximumFrameSize: 4_000_000)
      let inbox = Inbox()
      client.start(inbox, maximumFrameSize: 4_000_000)
      for (index, size) in sizes.enumerated() { client.send(framed(patterned(size, seed: index))) }
      for (index, size) in sizes.enumerated() {
        #expect(await inbox.next() == .frame(patterned(size, seed: index)))
      }
      #expect(client.receivedBytes == UInt64(sizes.reduce(0) { $0 + $1 + 4 }))
      #expect(client.unsentBytes == 0)
    }
  }

  @Test("S41: more segments than one system call takes are sent in order")
  func manySegments() async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox()
      server.start(inbox, maximumFrameSize: 1 << 20)
      let body = patterned(5000)
      client.send([framed(body)[0]] + (0..<body.count).map { body[$0..<$0 + 1] })
      #expect(await inbox.next() == .frame(body))
    }
  }

  @Test("S41: a request of 100 MiB passes through a socket that takes a part of it at a time")
  func largeFrame() async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox()
      server.start(inbox, maximumFrameSize: 101 << 20)
      let part = patterned(1 << 20)
      var head = BytesBuilder(capacity: 4)
      head.append(bigEndian: Int32(100 << 20))
      client.send([head.finish()] + Array(repeating: part, count: 100))
      // The socket has taken what it has room for.
      #expect(client.unsentBytes > 50 << 20)
      guard case .frame(let frame) = await inbox.next() else {
        Issue.record("no frame")
        return
      }
      #expect(frame.count == 100 << 20)
      for start in stride(from: 0, to: frame.count, by: part.count) {
        #expect(frame[start..<start + part.count] == part)
      }
      #expect(client.unsentBytes == 0)
    }
  }

  @Test("what the other side does not read stays unsent, and is dropped on close")
  func unsent() async throws {
    try await onSystemLoop { runtime in
      let (client, _, _) = try await runtime.connectedPair()
      client.start(Inbox(), maximumFrameSize: 100)
      client.send([patterned(64 << 20)])
      #expect(client.unsentBytes > 0)
      client.close()
      #expect(client.unsentBytes == 0)
      client.send([patterned(10)])
      #expect(client.unsentBytes == 0)
    }
  }

  @Test(
    "an end of the other side is told once", arguments: [(0, false), (2, true), (4, true), (10, true), (14, false)])
  func closed(sentBytes: Int, withinFrame: Bool) async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox()
      client.start(inbox, maximumFrameSize: 100)
      let frame = Bytes(copying: [0, 0, 0, 10] + Array(repeating: 1, count: 10))
      server.send([frame[0..<sentBytes]])
      server.close()
      if sentBytes == 14 { #expect(await inbox.next() == .frame(frame[4..<14])) }
      #expect(await inbox.next() == .closed(.closedByPeer(withinFrame: withinFrame)))
      client.close()
      #expect(inbox.events.isEmpty)
    }
  }

  @Test("a reset by the other side is an error of the system")
  func reset() async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox()
      client.start(inbox, maximumFrameSize: 100)
      server.reset()
      guard case .closed(.system(_, let errno)) = await inbox.next() else {
        Issue.record("no error of the system")
        return
      }
      #expect(errno == 104)
    }
  }

  @Test("frames that came before the channel was started are not lost, nor is the end")
  func lateStart() async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      server.send(framed(patterned(20)))
      server.close()
      client.send(framed(patterned(5)))
      let inbox = Inbox()
      client.start(inbox, maximumFrameSize: 100)
      #expect(await inbox.next() == .frame(patterned(20)))
      guard case .closed = await inbox.next() else {
        Issue.record("the end was not told")
        return
      }
    }
  }

  @Test(
    "a length that is refused closes the channel", arguments: [[0, 0, 0, 101], [255, 255, 255, 255]] as [[UInt8]])
  func refusedLength(head: [UInt8]) async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox()
      let serverInbox = Inbox()
      server.start(serverInbox, maximumFrameSize: 100)
      client.start(inbox, maximumFrameSize: 100)
      server.send([Bytes(copying: head)])
      let length = head[0] == 255 ? Int32(-1) : 101
      #expect(await inbox.next() == .closed(.frameLength(length, limit: 100, head: head)))
      #expect(await serverInbox.next() == .closed(.closedByPeer(withinFrame: false)))
    }
  }

  @Test("a receiver may close its channel while it hears of a frame, and hears nothing more")
  func closeWhileReceiving() async throws {
    try await onSystemLoop { runtime in
      let (client, server, _) = try await runtime.connectedPair()
      let inbox = Inbox { channel, _ in channel.close() }
      client.start(inbox, maximumFrameSize: 100)
      let serverInbox = Inbox()
      server.start(serverInbox, maximumFrameSize: 100)
      server.send(framed(patterned(3)) + framed(patterned(4)))
      #expect(await serverInbox.next() == .closed(.closedByPeer(withinFrame: false)))
      #expect(inbox.events.isEmpty)
    }
  }

  @Test("the end of the runtime closes channels and listeners and tells the receivers")
  func runtimeStops() async throws {
    let runtime = try Runtime.system()
    let inbox = Inbox()
    let channel = try await runtime.spawn {
      let (client, _, _) = try await runtime.connectedPair()
      client.start(inbox, maximumFrameSize: 100)
      return client
    }.value
    runtime.stop()
    #expect(inbox.events == [.closed(.cancelled)])
    #expect(channel.peer.hasPrefix("127.0.0.1:"))
    runtime.stop()
  }

  @Test("the end of the runtime closes its sockets: others see the end and are refused from then on")
  func socketsClose() async throws {
    let ending = try Runtime.system()
    let listener = try await ending.spawn {
      try ending.network.listen(on: "127.0.0.1", port: 0) { $0.start(Inbox(), maximumFrameSize: 100) }
    }.value
    let port = listener.port
    try await onSystemLoop { runtime in
      let channel = try await runtime.network.connect(
        to: "127.0.0.1", port: port, family: .any, deadline: runtime.farDeadline)
      let inbox = Inbox()
      channel.start(inbox, maximumFrameSize: 100)
      await runtime.onWorker { ending.stop() }
      guard case .closed = await inbox.next() else {
        Issue.record("the connection is still open")
        return
      }
      await #expect(throws: TransportError.unreachable([.init(address: "127.0.0.1:\(port)", errno: 111)])) {
        _ = try await runtime.network.connect(to: "127.0.0.1", port: port, family: .any, deadline: runtime.farDeadline)
      }
    }
  }

  @Test("one that sends without pause does not keep others from being heard")
  func fairness() async throws {
    try await onSystemLoop { runtime in
      let (loud, loudServer, _) = try await runtime.connectedPair()
      let (quiet, quietServer, _) = try await runtime.connectedPair()
      let block = framed(patterned(100_000))
      // Each frame is answered by the next one, for ever, until the quiet one was heard.
      let loudInbox = Inbox { channel, _ in channel.send(block + block) }
      loud.start(Inbox { channel, _ in channel.send(block) }, maximumFrameSize: 1 << 20)
      loudServer.start(loudInbox, maximumFrameSize: 1 << 20)
      loud.send(block)
      let inbox = Inbox()
      quiet.start(inbox, maximumFrameSize: 100)
      quietServer.send(framed(patterned(9)))
      #expect(await inbox.next() == .frame(patterned(9)))
      loud.close()
    }
  }
}
