import CLinux
import Glibc
import Synchronization

/// Ends the waiting of an ``OutputWriter`` for a reader that takes nothing, when a command is told to end.
///
/// What the reader still takes is written, for a bounded time. The descriptor is shared with other processes, so it is
/// not made non-blocking: no more is written at a time than there is room for.
package final class OutputInterruption: Sendable {
  /// How long the reader may take nothing once the command is told to end, in milliseconds.
  private static let patience: Int32 = 200
  /// How long it may be waited for in all then.
  private static let limit: Duration = .seconds(1)
  /// A pipe that is ready takes so many bytes at once without waiting (PIPE_BUF).
  private static let atOnce = 4096

  /// F_GETPIPE_SZ, which the Glibc module leaves out.
  private static let getPipeSize: Int32 = 1032

  private let wakeUp: WakeUpDescriptor
  private let end = Mutex<ContinuousClock.Instant?>(nil)

  package init() throws(InputError) { wakeUp = try WakeUpDescriptor() }

  /// Lets nobody wait for long from now on. Called on any thread.
  package func begin() {
    end.withLock { $0 = $0 ?? .now + Self.limit }
    wakeUp.signal()
  }

  /// Whether writing to a descriptor can take as long as somebody likes.
  static func mayBlock(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) || isatty(descriptor) == 1
  }

  /// Waits until a descriptor takes more, or has an error to report.
  ///
  /// - Returns: How many of `count` bytes to write now; 0 when it is not to be waited for any longer.
  func waitForRoom(_ descriptor: Int32, upTo count: Int) -> Int {
    // A descriptor that was made non-blocking may say that it is ready and take nothing: it is asked again.
    if let room = Self.roomOfEmptyPipe(descriptor) { return min(count, room) }
    while true {
      let end = end.withLock { $0 }
      if let end, end <= .now { return 0 }
      var status = [
        pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: end == nil ? wakeUp.descriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&status, 2, end == nil ? -1 : Self.patience)
      if status[0].revents != 0 { return min(count, Self.atOnce) }
      if ready == 0 { return 0 }
    }
  }

  /// How much a pipe with nothing in it takes at once; nil for others.
  private static func roomOfEmptyPipe(_ descriptor: Int32) -> Int? {
    guard kavka_unread_bytes(descriptor) == 0 else { return nil }
    let size = fcntl(descriptor, getPipeSize)
    return size > 0 ? Int(size) : nil
  }
}
