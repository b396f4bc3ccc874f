import Buffers

/// One side of a simulated connection.
///
/// Unchecked because it is used on the simulation's thread only.
final class SimulatedChannel: Channel, @unchecked Sendable {
  let peer: String
  private(set) var receivedBytes: UInt64 = 0
  private(set) var isOpen = true
  /// What this side sends.
  var out: SimulatedPipe?
  /// Called once, when the channel is closed.
  var onClose: (() -> Void)?

  private let loop: SimulatedEventLoop
  private var reader = FrameReader(maximumFrameSize: 0)
  private var receiver: (any ChannelReceiver)?
  private var isListening = false
  /// What came before the receiver listened.
  private var early: [SimulatedPipe.Parcel] = []

  init(peer: String, loop: SimulatedEventLoop) {
    self.peer = peer
    self.loop = loop
  }

  var unsentBytes: Int { out?.unsentBytes ?? 0 }

  func start(_ receiver: any ChannelReceiver, maximumFrameSize: Int) {
    loop.checkIsolated()
    precondition(self.receiver == nil, "a channel is started once")
    guard isOpen else { return }
    self.receiver = receiver
    reader = FrameReader(maximumFrameSize: maximumFrameSize)
    // Not within the call, as on a socket.
    loop.execute {
      self.isListening = true
      let early = self.early
      self.early = []
      for parcel in early { self.hear(parcel) }
    }
  }

  func send(_ segments: [Bytes]) {
    loop.checkIsolated()
    guard isOpen else { return }
    out?.send(segments)
  }

  func close() { takeDown(.end) }

  func reset() { takeDown(.reset) }

  /// Takes what has arrived from the other side.
  func hear(_ parcel: SimulatedPipe.Parcel) {
    guard isOpen else { return }
    guard isListening else {
      early.append(parcel)
      return
    }
    switch parcel {
    case .bytes(let bytes):
      receivedBytes += UInt64(bytes.count)
      cut(bytes)
    case .end:
      end(.closedByPeer(withinFrame: reader.isWithinFrame))
    case .reset:
      end(.system(call: "read", errno: ErrorNumber.reset))
    }
  }

  /// Breaks the circle of references.
  func discard() {
    isOpen = false
    receiver = nil
    out = nil
    onClose = nil
    early = []
  }

  private func cut(_ bytes: Bytes) {
    var position = 0
    do throws(TransportError) {
      while isOpen, let frame = try reader.nextFrame(in: bytes.span, position: &position) {
        receiver?.channel(self, received: frame)
      }
    } catch {
      end(error)
    }
  }

  private func end(_ error: TransportError) {
    let receiver = self.receiver
    takeDown(.end)
    receiver?.channel(self, closed: error)
  }

  private func takeDown(_ parcel: SimulatedPipe.Parcel) {
    loop.checkIsolated()
    guard isOpen else { return }
    isOpen = false
    receiver = nil
    early = []
    out?.finish(parcel)
    onClose?()
    onClose = nil
  }
}
