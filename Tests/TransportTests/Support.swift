import Buffers
import Synchronization
import Transport

/// Runs `body` as a task on the loop of a runtime of its own, which is stopped afterwards.
@discardableResult
func onSystemLoop<Success: Sendable>(
  _ body: @escaping @Sendable (Runtime) async throws -> Success
) async throws -> Success {
  let runtime = try Runtime.system()
  defer { runtime.stop() }
  return try await runtime.spawn { try await body(runtime) }.value
}

/// What a channel gave, one after the other. Used on the loop only.
final class Inbox: ChannelReceiver, @unchecked Sendable {
  enum Event: Equatable {
    case frame(Bytes)
    case closed(TransportError)
  }

  private(set) var events: [Event] = []
  private var waiting: CheckedContinuation<Event, Never>?
  private var onFrame: ((any Channel, Bytes) -> Void)?

  /// - Parameter onFrame: Called instead of keeping frames.
  init(onFrame: ((any Channel, Bytes) -> Void)? = nil) { self.onFrame = onFrame }

  func channel(_ channel: any Channel, received frame: Bytes) {
    if let onFrame { onFrame(channel, frame) } else { add(.frame(frame)) }
  }

  func channel(_ channel: any Channel, closed error: TransportError) { add(.closed(error)) }

  /// The next event that was not taken yet.
  func next() async -> Event {
    // Looked at within the closure: a task that is on no actor may be overtaken on the way into it.
    await withCheckedContinuation { continuation in
      if events.isEmpty { waiting = continuation } else { continuation.resume(returning: events.removeFirst()) }
    }
  }

  private func add(_ event: Event) {
    if let waiting {
      self.waiting = nil
      waiting.resume(returning: event)
    } else {
      events.append(event)
    }
  }
}

/// A listener and its accepted channels in order. Used on the loop only.
final class AcceptedChannels: @unchecked Sendable {
  private var channels: [any Channel] = []
  private var waiting: CheckedContinuation<any Channel, Never>?

  func add(_ channel: any Channel) {
    if let waiting {
      self.waiting = nil
      waiting.resume(returning: channel)
    } else {
      channels.append(channel)
    }
  }

  func next() async -> any Channel {
    await withCheckedContinuation { continuation in
      if channels.isEmpty { waiting = continuation } else { continuation.resume(returning: channels.removeFirst()) }
    }
  }
}

/// What happened, in order; may be added to by any task.
final class Recorder<Element: Sendable>: Sendable {
  private let list = Mutex<[Element]>([])

  var elements: [Element] { list.withLock { $0 } }

  func add(_ element: Element) { list.withLock { $0.append(element) } }
}

/// A frame as it is sent: the length, then the bytes.
func framed(_ body: Bytes) -> [Bytes] {
  var head = BytesBuilder(capacity: 4)
  head.append(bigEndian: Int32(body.count))
  return [head.finish(), body]
}

/// `count` bytes that differ from place to place.
func patterned(_ count: Int, seed: Int = 0) -> Bytes {
  var builder = BytesBuilder(capacity: count)
  builder.append(size: count) { buffer in
    for index in 0..<count { buffer[index] = UInt8(truncatingIfNeeded: (index &+ seed) &* 31 &+ index >> 8) }
  }
  return builder.finish()
}

extension Runtime {
  /// An instant far enough that a slow machine does not reach it, near enough that a test ends.
  var farDeadline: Instant { loop.now + .seconds(60) }

  /// A connection to a listener on an address of this machine: the connecting and the accepted side.
  func connectedPair(host: String = "127.0.0.1") async throws -> (any Channel, any Channel, any Listener) {
    let accepted = AcceptedChannels()
    let listener = try network.listen(on: host, port: 0) { accepted.add($0) }
    let client = try await network.connect(to: host, port: listener.port, family: .any, deadline: farDeadline)
    return (client, await accepted.next(), listener)
  }
}

extension Runtime {
  /// Runs `body` on a worker thread while the task waits.
  func onWorker<Success: Sendable>(_ body: @escaping @Sendable () -> Success) async -> Success {
    await withCheckedContinuation { continuation in workers.submit { continuation.resume(returning: body()) } }
  }
}
