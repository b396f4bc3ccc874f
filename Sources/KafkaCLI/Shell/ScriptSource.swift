import Glibc

/// Lines from a pipe or a file.
package final class ScriptSource: LineSource {
  private static let blockSize = 1 << 16
  /// The longest line.
  private static let limit = 1 << 20

  private let descriptor: Int32
  private let signals: ShellSignals
  private var buffer: [UInt8] = []
  private var hasEnded = false
  /// Whether the rest of a line that is too long is passed over.
  private var isSkipping = false

  package init(descriptor: Int32, signals: ShellSignals) {
    self.descriptor = descriptor
    self.signals = signals
  }

  package func next(prompt: String) -> LineEvent {
    while true {
      if let newline = buffer.firstIndex(of: 0x0A) {
        let line = Array(buffer[..<newline])
        buffer.removeSubrange(...newline)
        if !isSkipping { return .line(line) }
        isSkipping = false
        return .tooLong
      }
      if isSkipping || buffer.count > Self.limit {
        isSkipping = true
        buffer.removeAll()
      }
      if hasEnded { return takeRest() }
      let (received, isReady) = signals.wait(with: descriptor)
      if let ending = received.first(where: { $0 == SIGINT || ShellSignals.endings.contains($0) }) {
        return .signal(ending)
      }
      if isReady, let failure = fill() { return .failure(failure) }
    }
  }

  /// A last line need not have an end.
  private func takeRest() -> LineEvent {
    if isSkipping {
      isSkipping = false
      return .tooLong
    }
    guard !buffer.isEmpty else { return .end }
    defer { buffer.removeAll() }
    return .line(buffer)
  }

  private func fill() -> InputError? {
    var failure: Int32 = 0
    let block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { target, count in
      let read = Glibc.read(descriptor, target.baseAddress, target.count)
      if read < 0 { failure = errno }
      if read == 0 { hasEnded = true }
      count = max(read, 0)
    }
    buffer += block
    return [0, EINTR, EAGAIN].contains(failure) ? nil : InputError(source: "standard input", errno: failure)
  }
}
