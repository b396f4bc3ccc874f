import CLinux
import Glibc

/// A listening TCP socket of the loop.
///
/// Unchecked because all of its state is used on the loop's thread only; each entry checks that.
final class SocketListener: Listener, DescriptorHandler, @unchecked Sendable {
  /// How many connections are accepted before the loop's other work has its turn.
  private static let acceptsPerTurn = 64
  /// How long to wait when there are no descriptors left, for others to be closed.
  private static let pauseWithoutDescriptors = Duration.milliseconds(100)

  let port: UInt16
  private let loop: SystemEventLoop
  private let accept: @Sendable (any Channel) -> Void
  /// -1 when closed.
  private var descriptor: Int32

  init(
    on address: SocketAddress, backlog: Int32 = Int32(SOMAXCONN), loop: SystemEventLoop,
    accept: @escaping @Sendable (any Channel) -> Void
  ) throws(TransportError) {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { throw TransportError.system(call: "socket", errno: errno) }
    do throws(TransportError) {
      var one: Int32 = 1
      let size = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, size)
      if address.family == AF_INET6 { setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &one, size) }
      guard address.withPointer({ bind(descriptor, $0, address.length) }) == 0 else {
        throw TransportError.system(call: "bind", errno: errno)
      }
      guard Glibc.listen(descriptor, backlog) == 0, let own = SocketAddress.own(descriptor) else {
        throw TransportError.system(call: "listen", errno: errno)
      }
      self.descriptor = descriptor
      self.port = own.port
      self.loop = loop
      self.accept = accept
      try loop.poller.add(descriptor, .readable, self)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  func ready(_ events: Poller.Events) {
    for _ in 0..<Self.acceptsPerTurn where descriptor >= 0 {
      let accepted = kavka_accept4(descriptor, nil, nil, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      guard accepted >= 0 else {
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: pause()
        default: break
        }
        return
      }
      let peer = SocketAddress.peer(accepted)?.description ?? "?"
      guard let channel = try? SocketChannel(accepted, peer: peer, loop: loop) else { continue }
      accept(channel)
    }
  }

  /// Stops to accept for a moment: the waiting connection would wake the loop for ever.
  private func pause() {
    guard (try? loop.poller.change(descriptor, [])) != nil else { return }
    _ = loop.schedule(at: loop.now + Self.pauseWithoutDescriptors) { [weak self] in
      guard let self, self.descriptor >= 0 else { return }
      if (try? self.loop.poller.change(self.descriptor, .readable)) == nil { self.pause() }
    }
  }

  func close() {
    loop.checkIsolated()
    guard descriptor >= 0 else { return }
    loop.poller.remove(descriptor)
    Glibc.close(descriptor)
    descriptor = -1
  }

  func loopStops() { close() }
}
