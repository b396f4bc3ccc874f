import Dispatch
import Glibc
import Synchronization

/// Waits for a child process, as nobody else does, and makes a descriptor readable when it has ended.
final class ChildEnd: Sendable {
  private let process: pid_t
  private let pipe: Pipe
  private let status = Mutex<Int32?>(nil)

  init(of process: pid_t) throws {
    self.process = process
    pipe = try Pipe()
    DispatchQueue(label: "end of \(process)").async { [self] in
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      self.status.withLock { $0 = status }
      close(pipe.writeEnd)
    }
  }

  deinit { close(pipe.readEnd) }

  /// Readable at the end, and from then on.
  var descriptor: Int32 { pipe.readEnd }

  var isKnown: Bool { status.withLock { $0 != nil } }

  var value: ProcessEnd {
    switch status.withLock({ $0 }) {
    case nil: .running
    case let status? where status & 0x7f == 0: .status((status >> 8) & 0xff)
    case let status?: .signal(status & 0x7f)
    }
  }

  /// Signals the process group; nothing happens once its leader has ended, as its number may be another's then.
  func signal(_ number: Int32) {
    status.withLock { if $0 == nil { _ = kill(-process, number) } }
  }
}
