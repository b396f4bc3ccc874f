import Buffers
import Transport

/// A client's connection to a broker, which answers one request after the other.
///
/// A part of ``ClusterServer``'s state, used within it only.
final class ServerConnection {
  enum Phase {
    /// The next request can be served.
    case idle
    /// A request waits for records or for its time to be over.
    case waiting(Exchange)
    /// An answer waits for its delay to end.
    case answering
    /// An answer is ready, and the broker is paused.
    case held(Exchange, [Bytes])
    /// Nothing is answered any more.
    case stalled
  }

  /// The most bytes of requests that wait for their turn; a client that sends more loses the connection.
  static let maximumQueuedBytes = 256 << 20

  let number: Int
  let broker: Int32
  let channel: any Channel
  var phase = Phase.idle
  private var queue: [Bytes] = []
  private(set) var queuedBytes = 0

  init(number: Int, broker: Int32, channel: any Channel) {
    self.number = number
    self.broker = broker
    self.channel = channel
  }

  func enqueue(_ frame: Bytes) {
    queue.append(frame)
    queuedBytes += frame.count
  }

  /// Takes the oldest request if it can be served now.
  func nextFrame() -> Bytes? {
    guard case .idle = phase, !queue.isEmpty else { return nil }
    let frame = queue.removeFirst()
    queuedBytes -= frame.count
    return frame
  }
}
