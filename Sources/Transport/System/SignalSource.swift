import CLinux
import Glibc

/// Signals of the process as events on the loop, by signalfd(2): no handler runs in the middle of anything.
///
/// Unchecked because all of its state is used on the loop's thread only; each entry checks that.
package final class SignalSource: DescriptorHandler, @unchecked Sendable {
  private let loop: SystemEventLoop
  private let deliver: @Sendable (Int32) -> Void
  /// -1 when closed.
  private var descriptor: Int32

  /// Keeps the signals from their default effect. To be called before any thread is started, which inherits it.
  package static func block(_ signals: [Int32]) {
    var set = signalSet(signals)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Undoes ``block(_:)`` on the calling thread, so that a signal can end the process in the usual way.
  package static func unblock(_ signals: [Int32]) {
    var set = signalSet(signals)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Begins to deliver the signals, which must be blocked, on the loop of a system runtime.
  ///
  /// - Parameter deliver: Told the number of each signal, on the loop, until ``close()``.
  /// - Precondition: The caller is on the loop, and the loop is the operating system's.
  package init(
    _ signals: [Int32], on loop: any EventLoop, _ deliver: @escaping @Sendable (Int32) -> Void
  ) throws(TransportError) {
    guard let loop = loop as? SystemEventLoop else {
      preconditionFailure("signals come from the operating system's runtime only")
    }
    loop.checkIsolated()
    self.loop = loop
    self.deliver = deliver
    var set = Self.signalSet(signals)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard descriptor >= 0 else { throw TransportError.system(call: "signalfd", errno: errno) }
    do throws(TransportError) {
      try loop.poller.add(descriptor, .readable, self)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  /// Ends the delivery. The signals stay blocked.
  package func close() {
    loop.checkIsolated()
    guard descriptor >= 0 else { return }
    loop.poller.remove(descriptor)
    Glibc.close(descriptor)
    descriptor = -1
  }

  func ready(_ events: Poller.Events) {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while descriptor >= 0, read(descriptor, &info, size) == size { deliver(Int32(info.ssi_signo)) }
  }

  func loopStops() { close() }

  private static func signalSet(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
