package import Buffers

/// Opens and accepts connections. To be used on the loop.
package protocol Network: Sendable {
  /// Connects to `host`, whose name is looked up anew; each of its addresses is tried before it fails.
  ///
  /// - Parameter host: A name or an address; an IPv6 address with or without brackets.
  /// - Throws: When the name has no address, when no address accepts, at `deadline`, and when the task is cancelled.
  func connect(
    to host: String, port: UInt16, family: AddressFamily, deadline: Instant
  ) async throws(TransportError) -> any Channel

  /// Listens on a loopback or other local address and gives every accepted connection to `accept`, on the loop.
  ///
  /// - Parameters:
  ///   - host: `localhost` or an address in digits; no name is looked up.
  ///   - port: The port, or 0 for one that is free.
  func listen(
    on host: String, port: UInt16, accept: @escaping @Sendable (any Channel) -> Void
  ) throws(TransportError) -> any Listener
}

/// Which addresses of a host are tried.
package enum AddressFamily: Sendable {
  case any
  case ipv4
  case ipv6
}

/// A listening socket. To be used on the loop.
package protocol Listener: AnyObject, Sendable {
  var port: UInt16 { get }

  /// Stops to accept; connections that were accepted stay open.
  func close()
}

/// A connected stream that cuts what it receives into frames: a 4-byte big-endian length, then that many bytes.
///
/// To be used on the loop only. A channel stays open until one side closes it; nothing closes it by being released.
package protocol Channel: AnyObject, Sendable {
  /// The address of the other side, as `127.0.0.1:9092` or `[::1]:9092`.
  var peer: String { get }

  /// The number of bytes received so far, so that a slow answer can be told from one that has stalled.
  var receivedBytes: UInt64 { get }

  /// The number of bytes accepted by ``send(_:)`` and not yet taken by the operating system.
  var unsentBytes: Int { get }

  /// Begins to read. To be called once, before which nothing is lost.
  ///
  /// - Parameter maximumFrameSize: The largest length that is accepted; a frame that announces more closes the
  ///   channel with an error before memory is reserved for it.
  func start(_ receiver: any ChannelReceiver, maximumFrameSize: Int)

  /// Sends the segments in order, gathered, without copying them. Never blocks: what the socket does not take now is
  /// kept until it does. What is sent on a closed channel is dropped.
  func send(_ segments: [Bytes])

  /// Closes the channel at once; the receiver hears nothing more. What was not sent yet is dropped.
  func close()

  /// Closes the channel with a reset (RST) rather than an orderly end; for tests of those who must survive it.
  func reset()
}

/// Hears what happens on a channel. Called on the loop.
package protocol ChannelReceiver: AnyObject, Sendable {
  /// A whole frame has come, without its length. The bytes are a buffer of their own or a slice of one.
  func channel(_ channel: any Channel, received frame: Bytes)

  /// The channel has ended: by the other side, by an error, or by a frame that is too large. It is the last call.
  func channel(_ channel: any Channel, closed error: TransportError)
}
