import Glibc
import Synchronization
import Testing

@testable import Transport

@Suite("Connecting by sockets")
struct ConnectTests {
  /// Answers what it is told to.
  private struct StubResolver: NameResolver {
    var result: @Sendable () -> Result<[SocketAddress], TransportError>

    func addresses(of host: String, port: UInt16, family: AddressFamily) -> Result<[SocketAddress], TransportError> {
      result()
    }
  }

  /// A socket that is bound but does not listen: connecting to it is refused, and no one else gets the port.
  private final class ClosedPort {
    let descriptor: Int32
    let address: SocketAddress

    init(_ host: String, isFull: Bool = false) throws {
      let any = try #require(SystemNameResolver.literal(host, port: 0, family: .any))
      let descriptor = socket(any.family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
      self.descriptor = descriptor
      _ = any.withPointer { bind(descriptor, $0, any.length) }
      address = try #require(SocketAddress.own(descriptor))
      if isFull { try fill() }
    }

    private var fillers: [Int32] = []

    /// Listens and fills the queue of what is to be accepted, so that the next connection waits for ever.
    private func fill() throws {
      listen(descriptor, 0)
      for _ in 0..<3 {
        let filler = socket(address.family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        _ = address.withPointer { Glibc.connect(filler, $0, address.length) }
        fillers.append(filler)
      }
    }

    deinit { for descriptor in fillers + [descriptor] { close(descriptor) } }
  }

  private func connect(
    _ runtime: Runtime, host: String = "broker.test", port: UInt16 = 1, family: AddressFamily = .any,
    deadline: Duration = .seconds(60), fallbackDelay: Duration = .milliseconds(250),
    resolver: (@Sendable () -> Result<[SocketAddress], TransportError>)? = nil
  ) async throws(TransportError) -> any Channel {
    guard let loop = runtime.loop as? SystemEventLoop else { throw .cancelled }
    var network = SocketNetwork(loop: loop)
    network.fallbackDelay = fallbackDelay
    if let resolver { network.resolver = StubResolver(result: resolver) }
    return try await network.connect(to: host, port: port, family: family, deadline: loop.now + deadline)
  }

  @Test("a port where nobody listens is refused", arguments: ["127.0.0.1", "::1"])
  func refused(host: String) async throws {
    let closed = try ClosedPort(host)
    let (address, port) = (closed.address.description, closed.address.port)
    try await onSystemLoop { runtime in
      let failure = TransportError.unreachable([.init(address: address, errno: ECONNREFUSED)])
      await #expect(throws: failure) { _ = try await self.connect(runtime, host: host, port: port) }
    }
    withExtendedLifetime(closed) {}
  }

  @Test("when one address refuses, the next is tried at once, and all failures are told if none accepts")
  func fallback() async throws {
    let closed = [try ClosedPort("::1"), try ClosedPort("127.0.0.1")]
    let addresses = closed.map(\.address)
    try await onSystemLoop { runtime in
      let accepted = AcceptedChannels()
      let listener = try runtime.network.listen(on: "127.0.0.1", port: 0) { accepted.add($0) }
      let open = try #require(SystemNameResolver.literal("127.0.0.1", port: listener.port, family: .any))
      let channel = try await self.connect(runtime, fallbackDelay: .seconds(3600)) { .success(addresses + [open]) }
      #expect(channel.peer == open.description)
      let failures = addresses.map { TransportError.FailedAddress(address: $0.description, errno: ECONNREFUSED) }
      await #expect(throws: TransportError.unreachable(failures)) {
        _ = try await self.connect(runtime) { .success(addresses) }
      }
    }
    withExtendedLifetime(closed) {}
  }

  @Test("beside an address that does not answer the next one is tried after a while")
  func silentAddress() async throws {
    let silent = try ClosedPort("127.0.0.1", isFull: true)
    let first = silent.address
    try await onSystemLoop { runtime in
      let accepted = AcceptedChannels()
      let listener = try runtime.network.listen(on: "127.0.0.1", port: 0) { accepted.add($0) }
      let open = try #require(SystemNameResolver.literal("127.0.0.1", port: listener.port, family: .any))
      let channel = try await self.connect(runtime, fallbackDelay: .milliseconds(2)) { .success([first, open]) }
      #expect(channel.peer == open.description)
    }
    withExtendedLifetime(silent) {}
  }

  @Test("an address that does not answer is given up at the deadline")
  func deadline() async throws {
    let silent = try ClosedPort("127.0.0.1", isFull: true)
    let address = silent.address
    try await onSystemLoop { runtime in
      let failure = TransportError.timedOut([.init(address: address.description, errno: ETIMEDOUT)])
      await #expect(throws: failure) {
        // In digits: a lookup by a thread may take longer than that on a busy machine.
        _ = try await self.connect(runtime, host: "127.0.0.1", port: address.port, deadline: .milliseconds(3))
      }
    }
    withExtendedLifetime(silent) {}
  }

  @Test("a cancelled task stops to connect, before or after it began", arguments: [true, false])
  func cancelled(beforeIt: Bool) async throws {
    let silent = try ClosedPort("127.0.0.1", isFull: true)
    let address = silent.address
    try await onSystemLoop { runtime in
      let task = runtime.spawn { try await self.connect(runtime) { .success([address]) } }
      if !beforeIt { try await runtime.sleep(for: .milliseconds(1)) }
      task.cancel()
      await #expect(throws: TransportError.cancelled) { _ = try await task.value }
    }
    withExtendedLifetime(silent) {}
  }

  @Test("a lookup does not hold up the loop, and its failure is told")
  func slowLookup() async throws {
    try await onSystemLoop { runtime in
      let mayAnswer = Mutex(false)
      let failure = TransportError.unresolved(host: "broker.test", reason: "no such name")
      runtime.loop.execute { mayAnswer.withLock { $0 = true } }
      await #expect(throws: failure) {
        _ = try await self.connect(runtime) {
          while !mayAnswer.withLock({ $0 }) { sched_yield() }
          return .failure(failure)
        }
      }
    }
  }

  @Test(
    "hosts that are none are refused without a lookup by others",
    arguments: [("", AddressFamily.any), ("a\0b", .any)])
  func hostless(host: String, family: AddressFamily) async throws {
    try await onSystemLoop { runtime in
      await #expect(throws: TransportError.unresolved(host: host, reason: "not a host name")) {
        _ = try await self.connect(runtime, host: host, family: family)
      }
    }
  }

  @Test("an address of the other family is not used", arguments: [("127.0.0.1", AddressFamily.ipv6), ("::1", .ipv4)])
  func family(host: String, family: AddressFamily) async throws {
    try await onSystemLoop { runtime in
      let error = await #expect(throws: TransportError.self) {
        _ = try await self.connect(runtime, host: host, family: family)
      }
      guard case .unresolved = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("S30: families take turns, the first one's first")
  func interleaving() throws {
    let hosts = ["::1", "::2", "::3", "127.0.0.1", "127.0.0.2"]
    let addresses = try hosts.map { try #require(SystemNameResolver.literal($0, port: 9, family: .any)) }
    let expected = ["[::1]:9", "127.0.0.1:9", "[::2]:9", "127.0.0.2:9", "[::3]:9"]
    #expect(addresses.interleaved.map(\.description) == expected)
  }

  @Test("a listener that is closed accepts no more, and its port is taken while it is open")
  func listenerCloses() async throws {
    try await onSystemLoop { runtime in
      let listener = try runtime.network.listen(on: "127.0.0.1", port: 0) { _ in }
      let port = listener.port
      #expect(throws: TransportError.system(call: "bind", errno: EADDRINUSE)) {
        _ = try runtime.network.listen(on: "127.0.0.1", port: port) { _ in }
      }
      listener.close()
      await #expect(throws: TransportError.unreachable([.init(address: "127.0.0.1:\(port)", errno: ECONNREFUSED)])) {
        _ = try await self.connect(runtime, host: "127.0.0.1", port: port)
      }
    }
  }
}
