import CLinux
import Glibc

/// A descriptor that becomes readable when another thread says so, for a thread that waits in `poll`.
final class WakeUpDescriptor: Sendable {
  let descriptor: Int32

  init() throws(InputError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0 else { throw InputError(source: "eventfd", errno: errno) }
  }

  deinit { close(descriptor) }

  func signal() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  /// Makes the descriptor unreadable again.
  func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  /// Waits until the descriptor is readable, or until `other` is, or has an end or an error to report.
  ///
  /// - Parameter timeout: Milliseconds, or -1 to wait without end.
  /// - Returns: Whether `other` is the one.
  func wait(with other: Int32 = -1, timeout: Int32 = -1) -> Bool {
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&descriptors, 2, timeout) < 0 { guard errno == EINTR || errno == EAGAIN else { return true } }
    return descriptors[1].revents != 0
  }
}
