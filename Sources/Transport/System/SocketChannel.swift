import Buffers
import CLinux
import Glibc

/// A connected TCP socket of the loop.
///
/// Unchecked because all of its state is used on the loop's thread only; each entry checks that.
final class SocketChannel: Channel, DescriptorHandler, @unchecked Sendable {
  /// How much is read, and sent, before the loop's other work has its turn.
  private static let bytesPerTurn = 1 << 20
  /// From how many missing bytes on the kernel is asked to wait for more before it wakes the loop.
  private static let largeRest = 64 * 1024
  private static let maximumLowWater = 512 * 1024
  private static let maximumVectors = 64

  let peer: String
  private(set) var unsentBytes = 0

  private let loop: SystemEventLoop
  /// -1 when closed.
  private var descriptor: Int32
  private var reader = FrameReader(maximumFrameSize: 0)
  private var receiver: (any ChannelReceiver)?
  private var readBytes: UInt64 = 0
  private var lowWater = 1

  private var unsent = FIFOQueue<Bytes>()
  /// How much of the first unsent segment the kernel has taken.
  private var unsentOffset = 0
  private var awaitsRoom = false
  /// Why sending failed. What the other side sent before is still read, as far as one turn goes, then this ends the
  /// channel.
  private var failure: TransportError?

  /// Takes over a connected, non-blocking socket, which is closed when this throws.
  init(_ descriptor: Int32, peer: String, loop: SystemEventLoop) throws(TransportError) {
    self.descriptor = descriptor
    self.peer = peer
    self.loop = loop
    setOption(IPPROTO_TCP, TCP_NODELAY, 1)
    setOption(SOL_SOCKET, SO_KEEPALIVE, 1)
    do throws(TransportError) {
      try loop.poller.add(descriptor, [], self)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  var receivedBytes: UInt64 {
    loop.checkIsolated()
    // While the kernel collects for a large frame, what it holds has come as well.
    guard isOpen, lowWater > 1 else { return readBytes }
    return readBytes + UInt64(max(kavka_unread_bytes(descriptor), 0))
  }

  private var isOpen: Bool { descriptor >= 0 }

  func start(_ receiver: any ChannelReceiver, maximumFrameSize: Int) {
    loop.checkIsolated()
    precondition(self.receiver == nil, "a channel is started once")
    self.receiver = receiver
    reader = FrameReader(maximumFrameSize: maximumFrameSize)
    if failure != nil {
      loop.execute { self.endAfterFailure() }
    } else {
      updateInterest()
    }
  }

  // MARK: Sending

  func send(_ segments: [Bytes]) {
    loop.checkIsolated()
    guard isOpen, failure == nil else { return }
    for segment in segments where !segment.isEmpty {
      unsent.append(segment)
      unsentBytes += segment.count
    }
    if !awaitsRoom { flush() }
  }

  private func flush() {
    var budget = Self.bytesPerTurn
    while !unsent.isEmpty, budget > 0 {
      let sent = sendOnce()
      if sent < 0 {
        if sent == -Int(EINTR) { continue }
        if sent == -Int(EAGAIN) { break }
        fail(.system(call: "sendmsg", errno: Int32(-sent)))
        return
      }
      budget -= sent
      dropSent(sent)
    }
    let mustWait = !unsent.isEmpty
    guard mustWait != awaitsRoom else { return }
    awaitsRoom = mustWait
    updateInterest()
  }

  /// - Returns: How much was sent, or the error number, negative: what is called behind it may change `errno`.
  private func sendOnce() -> Int {
    let count = min(unsent.count, Self.maximumVectors)
    return withUnsafeTemporaryAllocation(of: iovec.self, capacity: count) { vectors in
      for index in 0..<count {
        guard let segment = unsent[index] else { continue }
        let skip = index == 0 ? unsentOffset : 0
        // The queue holds the segment, so its memory outlives the call.
        let bytes = segment.withUnsafeBytes { UnsafeMutableRawBufferPointer(mutating: $0) }
        vectors.initializeElement(
          at: index, to: iovec(iov_base: bytes.baseAddress.map { $0 + skip }, iov_len: bytes.count - skip))
      }
      var message = msghdr()
      message.msg_iov = vectors.baseAddress
      message.msg_iovlen = count
      let sent = sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
      return sent < 0 ? -Int(errno) : sent
    }
  }

  private func dropSent(_ sent: Int) {
    unsentBytes -= sent
    var left = sent
    while left > 0, let first = unsent[0] {
      let rest = first.count - unsentOffset
      guard left >= rest else {
        unsentOffset += left
        return
      }
      left -= rest
      unsentOffset = 0
      unsent.popFirst()
    }
  }

  /// Notes that sending failed. The receiver hears of it later, never within its own call of ``send(_:)``.
  private func fail(_ error: TransportError) {
    failure = error
    dropUnsent()
    updateInterest()
    if receiver != nil { loop.execute { self.endAfterFailure() } }
  }

  private func endAfterFailure() {
    guard isOpen, let failure else { return }
    receive()
    if isOpen { end(failure) }
  }

  private func dropUnsent() {
    unsent.removeAll()
    unsentOffset = 0
    unsentBytes = 0
    awaitsRoom = false
  }

  // MARK: Receiving

  func ready(_ events: Poller.Events) {
    if events.contains(.writable) { flush() }
    if isOpen, receiver != nil, !events.isDisjoint(with: [.readable, .ended]) {
      receive()
    } else if isOpen, receiver == nil, events.contains(.ended) {
      // Nobody listens yet; sending finds out what it was.
      flush()
      if failure == nil { fail(.closedByPeer(withinFrame: false)) }
    }
  }

  private func receive() {
    var budget = Self.bytesPerTurn
    while isOpen, budget > 0 {
      let (wanted, count) = readOnce()
      if count < 0 {
        if count == -Int(EINTR) { continue }
        if count != -Int(EAGAIN) { end(.system(call: "read", errno: Int32(-count))) }
        break
      }
      if count == 0 {
        end(failure ?? .closedByPeer(withinFrame: reader.isWithinFrame))
        return
      }
      budget -= count
      // A read that was not filled has emptied the socket: the next event tells of more.
      if count < wanted { break }
    }
    if isOpen { updateLowWater() }
  }

  /// Reads once, into the frame that has begun and behind that into the loop's buffer, and hands on whole frames.
  ///
  /// - Returns: How much was asked for, and how much came, or the error number, negative.
  private func readOnce() -> (wanted: Int, count: Int) {
    let buffer = loop.readBuffer
    let missing = reader.missingBytes
    var wanted = buffer.count
    var count = 0
    if missing > 0 {
      reader.fill { rest in
        let size = min(rest.count, Self.bytesPerTurn)
        // Bytes may only go on behind the frame if all of the frame is read.
        let behind = size == rest.count ? buffer.count : 0
        wanted = size + behind
        count = withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { vectors in
          vectors.initializeElement(at: 0, to: iovec(iov_base: rest.baseAddress, iov_len: size))
          vectors.initializeElement(at: 1, to: iovec(iov_base: buffer.baseAddress, iov_len: behind))
          let count = readv(descriptor, vectors.baseAddress, 2)
          return count < 0 ? -Int(errno) : count
        }
        return min(max(count, 0), size)
      }
    } else {
      count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 { count = -Int(errno) }
    }
    guard count > 0 else { return (wanted, count) }
    readBytes += UInt64(count)
    if missing > 0, let frame = reader.takeFrame() { receiver?.channel(self, received: frame) }
    if count > missing { cut(UnsafeRawBufferPointer(rebasing: buffer[..<(count - missing)])) }
    return (wanted, count)
  }

  private func cut(_ chunk: UnsafeRawBufferPointer) {
    var position = 0
    do throws(TransportError) {
      // The receiver may close the channel while it hears of a frame.
      while isOpen, let frame = try reader.nextFrame(in: chunk.bytes, position: &position) {
        receiver?.channel(self, received: frame)
      }
    } catch {
      end(error)
    }
  }

  private func updateLowWater() {
    let missing = reader.missingBytes
    let wanted = missing >= Self.largeRest ? min(missing, Self.maximumLowWater) : 1
    guard wanted != lowWater else { return }
    setOption(SOL_SOCKET, SO_RCVLOWAT, Int32(wanted))
    lowWater = wanted
  }

  // MARK: The end

  func close() {
    loop.checkIsolated()
    takeDown()
  }

  func reset() {
    loop.checkIsolated()
    guard isOpen else { return }
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    takeDown()
  }

  func loopStops() { end(.cancelled) }

  private func end(_ error: TransportError) {
    guard isOpen else { return }
    let receiver = self.receiver
    takeDown()
    receiver?.channel(self, closed: error)
  }

  private func takeDown() {
    guard isOpen else { return }
    loop.poller.remove(descriptor)
    Glibc.close(descriptor)
    descriptor = -1
    receiver = nil
    dropUnsent()
  }

  private func updateInterest() {
    guard isOpen else { return }
    var interest: Poller.Events = []
    if receiver != nil { interest.insert(.readable) }
    if awaitsRoom { interest.insert(.writable) }
    do throws(TransportError) {
      try loop.poller.change(descriptor, interest)
    } catch {
      if failure == nil { fail(error) }
    }
  }

  private func setOption(_ level: some BinaryInteger, _ name: some BinaryInteger, _ value: Int32) {
    var value = value
    setsockopt(descriptor, Int32(level), Int32(name), &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
