import Glibc
import Synchronization
import Transport

/// Notices that the reader of standard output has gone while there is nothing to write to it.
final class OutputWatch: Sendable {
  private static let interval: Duration = .milliseconds(100)

  private let descriptor: Int32
  private let runtime: Runtime
  private let state = Mutex((isStopped: false, isReaderGone: false))

  init(descriptor: Int32, runtime: Runtime) {
    self.descriptor = descriptor
    self.runtime = runtime
  }

  var isReaderGone: Bool { state.withLock { $0.isReaderGone } }

  /// Looks from time to time, and calls `body` once when the reader has gone. Only pipes and sockets have readers.
  func start(_ body: @escaping @Sendable () -> Void) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) else { return }
    runtime.spawn { [self] in
      while !state.withLock({ $0.isStopped }) {
        if OutputWriter.hasLostReader(descriptor) {
          state.withLock { $0.isReaderGone = true }
          return body()
        }
        try? await runtime.sleep(for: Self.interval)
      }
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }
}
