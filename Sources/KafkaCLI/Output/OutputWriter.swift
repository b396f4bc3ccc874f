package import Buffers
import Glibc

/// Output that could not be written.
package enum OutputError: Error, Hashable, Sendable {
  /// Nobody reads the pipe any more; the process is to die of SIGPIPE, silently.
  case brokenPipe
  case system(errno: Int32)
  /// The command was told to end, and what reads the output takes nothing.
  case interrupted

  package var message: String {
    switch self {
    case .brokenPipe: "standard output: \(String(cString: strerror(EPIPE)))"
    case .system(let errno): "standard output: \(String(cString: strerror(errno)))"
    case .interrupted: "standard output: what was left is not taken"
    }
  }
}

/// Collects output and writes it in blocks. SIGPIPE has to be ignored by the process.
///
/// The owner appends to ``buffer``, calls ``flushIfFull()`` after each record, and ``flush()`` when nothing more is
/// ready and at the end, so that an error in the last block is noticed too.
package struct OutputWriter: ~Copyable {
  private static let blockSize = 1 << 16

  private let descriptor: Int32
  private let interruption: OutputInterruption?
  /// What has not been written.
  package var buffer = BytesBuilder(capacity: OutputWriter.blockSize * 2)
  /// The number of bytes that the system has taken.
  package private(set) var writtenBytes: Int64 = 0

  /// - Parameter interruption: What ends the waiting for a reader that takes nothing; nil to wait for ever.
  package init(descriptor: Int32 = STDOUT_FILENO, interruption: OutputInterruption? = nil) {
    self.descriptor = descriptor
    self.interruption = OutputInterruption.mayBlock(descriptor) ? interruption : nil
  }

  /// Whether a terminal shows the output.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How what is not ours is to be written.
  package var style: TerminalStyle {
    TerminalStyle(isTerminal: isTerminal, environment: ProcessEnvironment.variables)
  }

  /// Whether a descriptor is a pipe that nobody reads any more.
  package static func hasLostReader(_ descriptor: Int32) -> Bool {
    var status = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&status, 1, 0) > 0 && status.revents & Int16(POLLERR) != 0
  }

  /// Writes when 64 KiB or more are waiting.
  package mutating func flushIfFull() throws(OutputError) {
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Writes all that is waiting; blocks until the system has taken it, or until an interruption has had its time. After
  /// an error what is left is dropped.
  package mutating func flush() throws(OutputError) {
    var start = 0
    let count = buffer.count
    var failure: Int32 = 0
    var isInterrupted = false
    while start < count, failure == 0 {
      var size = count - start
      if let interruption {
        size = interruption.waitForRoom(descriptor, upTo: size)
        guard size > 0 else {
          isInterrupted = true
          break
        }
      }
      let written = buffer.span.extracting(start..<start + size).withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      if written >= 0 {
        start += written
        continue
      }
      switch errno {
      case EINTR: break
      case EAGAIN: if interruption == nil { waitForRoom() }
      case let code: failure = code
      }
    }
    writtenBytes += Int64(start)
    if buffer.capacity > Self.blockSize * 16 {
      buffer = BytesBuilder(capacity: Self.blockSize * 2)
    } else {
      buffer.truncate(to: 0)
    }
    if isInterrupted { throw .interrupted }
    if failure != 0 { throw failure == EPIPE ? .brokenPipe : .system(errno: failure) }
  }

  /// Waits until a descriptor that someone made non-blocking takes more.
  private func waitForRoom() {
    var status = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&status, 1, -1)
  }
}
