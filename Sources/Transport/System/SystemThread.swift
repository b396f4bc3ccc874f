import CLinux
import Glibc

/// A thread of the operating system, for what must not run on a pool that others share.
struct SystemThread: Sendable {
  private let handle: pthread_t

  /// Starts a thread that runs `body` and ends.
  ///
  /// - Parameter name: What debuggers and `top` show; at most 15 bytes.
  init(name: String, _ body: @escaping @Sendable () -> Void) throws(TransportError) {
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    var handle = pthread_t()
    let code = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        kavka_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      throw TransportError.system(call: "pthread_create", errno: code)
    }
    self.handle = handle
  }

  /// Waits until the thread has ended. To be called once, unless ``detach()`` is.
  func join() { pthread_join(handle, nil) }

  /// Lets the thread end on its own.
  func detach() { pthread_detach(handle) }

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}
