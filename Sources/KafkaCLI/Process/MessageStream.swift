import Glibc
import Synchronization

/// Where everything goes that is no data: lines, and below the last of them, on a terminal, one that is rewritten.
///
/// Nobody's records wait for a terminal or a pipe that takes nothing: what it does not take at once is dropped, but for
/// errors, which wait a second in all, and the line that says how a command has ended, which waits a second by itself.
package final class MessageStream: Sendable {
  /// Writes bytes as long as there is room or there comes some within a time, and tells how long it has waited.
  package typealias Write = @Sendable (_ bytes: [UInt8], _ patience: Duration) -> Duration

  /// How important a line is.
  enum Weight {
    case note
    case error
    case conclusion
  }

  private struct State {
    /// How long errors may still wait. It is all there again when a line has not had to wait.
    var patience = MessageStream.patience
    /// The characters of the line that is rewritten, as far as it is there.
    var shown = 0
  }

  private static let patience: Duration = .seconds(1)

  let style: TerminalStyle
  private let write: Write
  private let state = Mutex(State())

  /// - Parameter style: What reads it.
  package init(style: TerminalStyle, write: @escaping Write) {
    self.style = style
    self.write = write
  }

  /// Descriptor 2 of the process.
  package static let standardError = MessageStream(
    style: TerminalStyle(descriptor: STDERR_FILENO, environment: ProcessEnvironment.variables)
  ) {
    write($0, to: STDERR_FILENO, patience: $1)
  }

  /// Writes whole lines.
  func write(_ lines: [UInt8], _ weight: Weight) {
    state.withLock { state in
      let bytes = Self.blank(state.shown) + lines
      state.shown = 0
      switch weight {
      case .note: _ = write(bytes, .zero)
      case .conclusion: _ = write(bytes, Self.patience)
      case .error:
        let waited = write(bytes, state.patience)
        state.patience = waited == .zero ? Self.patience : max(state.patience - waited, .zero)
      }
    }
  }

  /// Shows a text in place of the one that was shown so, until the next line is written.
  func show(_ text: String) {
    state.withLock { state in
      let padding = String(repeating: " ", count: max(state.shown - text.count, 0))
      state.shown = text.count
      _ = write(Array(("\r" + text + padding).utf8), .zero)
    }
  }

  /// Takes away what is shown.
  func clear() {
    state.withLock { state in
      if state.shown > 0 { _ = write(Self.blank(state.shown), .zero) }
      state.shown = 0
    }
  }

  private static func blank(_ count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    return [0x0D] + [UInt8](repeating: 0x20, count: count) + [0x0D]
  }

  /// Writes to a descriptor, and drops what it has not taken when the patience is at its end.
  ///
  /// - Returns: How long it was waited for.
  @discardableResult
  package static func write(_ bytes: [UInt8], to descriptor: Int32, patience: Duration = .zero) -> Duration {
    // A pipe that is ready takes so many bytes at once without waiting.
    let atOnce = 4096
    let clock = ContinuousClock()
    let start = clock.now
    var waited = Duration.zero
    var bytes = bytes[...]
    while !bytes.isEmpty {
      var status = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&status, 1, 0) == 0 {
        waited = clock.now - start
        guard waited < patience else { return waited }
        _ = poll(&status, 1, Int32(clamping: Int64((patience - waited) / .milliseconds(1)) + 1))
        waited = clock.now - start
        continue
      }
      if status.revents & Int16(POLLOUT) == 0, status.revents != 0 { return waited }
      let count = bytes.prefix(atOnce).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return waited }
      bytes = bytes.dropFirst(max(count, 0))
    }
    return waited
  }
}
