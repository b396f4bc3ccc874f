import Buffers
import Glibc

/// Reads files one after another on a thread of its own, and hands what it reads to one task.
///
/// A read takes what is there and never waits for more, so that a line is handed over as soon as it was written. At
/// most four blocks of 256 KiB wait to be taken; then the thread stops reading, and whoever writes into the pipe is
/// held up.
package final class InputReader: Sendable {
  /// Small enough for a block to be in the processor's cache still when it is looked at.
  package static let blockSize = 1 << 18
  /// Below it a block is copied out of the buffer, which is cheaper than a new buffer.
  private static let smallBlockSize = 1 << 16

  private let files: [InputFile]
  private let blockSize: Int
  private let channel: InputChannel
  private let wakeUp: WakeUpDescriptor

  /// Starts to read.
  ///
  /// - Parameter blockSize: The most bytes of a block. Smaller ones keep less ahead of whoever takes them.
  /// - Throws: When the system has no thread or descriptor left. Files are opened when their turn comes.
  package init(_ files: [InputFile], blockSize: Int = InputReader.blockSize) throws(InputError) {
    self.files = files
    self.blockSize = blockSize
    wakeUp = try WakeUpDescriptor()
    channel = InputChannel(wakeUp: wakeUp)
    try DetachedThread.start("kavka-input") { self.run() }
  }

  /// Waits for the next event. To be called by one task at a time.
  ///
  /// - Returns: Nothing at the end of the last file, and after ``cancel()`` once what was read has been taken. Without
  ///   an ``InputEvent/end`` before it, the last record is incomplete.
  /// - Throws: When a file cannot be opened or read, after all that was read before.
  package func next() async throws(InputError) -> InputEvent? {
    try await channel.next().get()
  }

  /// Whether ``next()`` would wait: nothing has been read that was not taken, and nothing can be read.
  package var isIdle: Bool { channel.isIdle }

  /// Stops reading, whether or not input comes. May be called on any thread and more than once, but not in a signal
  /// handler.
  package func cancel() { channel.cancel() }

  private func run() {
    do throws(InputError) {
      for file in files where !channel.isCancelled { try read(file) }
      channel.end(nil)
    } catch {
      channel.end(error)
    }
  }

  private func read(_ file: InputFile) throws(InputError) {
    let descriptor = try file.open()
    defer { if !file.isStandardInput { close(descriptor) } }
    enlargePipe(descriptor)
    guard push(.begin(file)) else { return }
    var buffer = BytesBuilder(capacity: blockSize)
    while waitForInput(descriptor) {
      var failure: Int32 = 0
      buffer.append(upTo: blockSize) { target in
        let count = Glibc.read(descriptor, target.baseAddress, target.count)
        failure = count < 0 ? errno : 0
        return max(count, 0)
      }
      switch failure {
      case 0: break
      case EINTR, EAGAIN: continue
      default: throw InputError(source: file.name, errno: failure)
      }
      guard buffer.count > 0 else {
        _ = push(.end)
        return
      }
      guard push(.block(takeBlock(&buffer))) else { return }
    }
  }

  private func takeBlock(_ buffer: inout BytesBuilder) -> Bytes {
    guard buffer.count < Self.smallBlockSize else { return buffer.take(nextCapacity: blockSize) }
    let block = Bytes(copying: buffer.span)
    buffer.truncate(to: 0)
    return block
  }

  /// - Returns: Whether input, its end or an error can be read; otherwise the reader was cancelled.
  private func waitForInput(_ descriptor: Int32) -> Bool {
    if channel.isCancelled { return false }
    if wakeUp.wait(with: descriptor, timeout: 0) { return true }
    channel.setIdle(true)
    defer { channel.setIdle(false) }
    while !wakeUp.wait(with: descriptor) {
      wakeUp.clear()
      if channel.isCancelled { return false }
    }
    return !channel.isCancelled
  }

  /// - Returns: Whether the event was taken; otherwise the reader was cancelled.
  private func push(_ event: InputEvent) -> Bool {
    while true {
      switch channel.push(event) {
      case .accepted: return true
      case .cancelled: return false
      case .full:
        _ = wakeUp.wait()
        wakeUp.clear()
      }
    }
  }

  /// Lets a pipe hold as much as one read takes, so that its writer is woken less often. It may be refused.
  private func enlargePipe(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return }
    let setPipeSize: Int32 = 1031  // F_SETPIPE_SZ, a macro that is not imported
    _ = fcntl(descriptor, setPipeSize, Int32(blockSize))
  }
}
