import CLinux
import Glibc

/// A thread for calls of the system that may block for ever. Nobody joins it.
enum DetachedThread {
  private final class Work {
    let name: StaticString
    let body: @Sendable () -> Void

    init(_ name: StaticString, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// - Parameter name: At most 15 bytes, as the system's tools show it.
  /// - Throws: When the system has no thread left.
  static func start(_ name: StaticString, _ body: @escaping @Sendable () -> Void) throws(InputError) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(name, body))
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        work.name.withUTF8Buffer { $0.withMemoryRebound(to: CChar.self) { kavka_name_thread($0.baseAddress) } }
        // Signals are for the loop alone.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        work.body()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      work.release()
      throw InputError(source: "pthread_create", errno: status)
    }
    pthread_detach(thread)
  }
}
