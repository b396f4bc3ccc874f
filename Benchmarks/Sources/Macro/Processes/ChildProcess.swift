import Glibc
import TestHarness

/// A process that was started to be measured. It is killed if it is left before its end.
final class ChildProcess {
  let processID: pid_t
  private let command: Command
  private let errorFile: String
  private let start: Double
  private var isRunning = true

  /// Lets waiting for children have a time limit; to be called once, before the first of them.
  static func prepare() {
    var signals = childSignal
    sigprocmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Parameter errorFile: What receives its standard error.
  init(_ command: Command, errorFile: String) throws {
    self.command = command
    self.errorFile = errorFile
    (processID, start) = try command.input.withDescriptor(writing: false) { input in
      try command.output.withDescriptor(writing: true) { output in
        try Stream.file(errorFile).withDescriptor(writing: true) { errors in
          let start = Moment.now
          let processID = try Child.spawn(
            command.program, command.arguments, streams: [input, output, errors], hasOwnGroup: false)
          return (processID, start)
        }
      }
    }
  }

  deinit {
    if isRunning {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
  }

  /// Waits for its end; throws if it did not end with status 0 in time.
  func usage(within limit: Double = 120) throws -> ProcessUsage {
    var status: Int32 = 0
    let usage = try waited(within: limit, &status)
    guard status == 0 else {
      let end = status & 0x7f == 0 ? "status \((status >> 8) & 0xff)" : "signal \(status & 0x7f)"
      throw Failure("\(command.text): \(end)\(lastError)")
    }
    return usage
  }

  /// Ends it by a signal, and waits for that.
  ///
  /// - Returns: What it took, however it ended.
  @discardableResult
  func end(by signal: Int32 = SIGTERM) throws -> ProcessUsage {
    kill(processID, signal)
    var status: Int32 = 0
    return try waited(within: 30, &status)
  }

  private func waited(within limit: Double, _ status: inout Int32) throws -> ProcessUsage {
    var usage = rusage()
    let deadline = Moment.now + limit
    while wait4(processID, &status, WNOHANG, &usage) == 0 {
      let left = deadline - Moment.now
      guard left > 0 else { throw Failure("\(command.text): no end after \(Int(limit)) s\(lastError)") }
      var signals = Self.childSignal
      var time = timespec(tv_sec: Int(left), tv_nsec: Int(left.truncatingRemainder(dividingBy: 1) * 1e9))
      sigtimedwait(&signals, nil, &time)
    }
    isRunning = false
    return ProcessUsage(wall: Moment.now - start, usage: usage)
  }

  private static var childSignal: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGCHLD)
    return signals
  }

  /// The last line of its standard error.
  private var lastError: String {
    guard let text = try? TextFile.contents(of: errorFile), let line = text.split(separator: "\n").last else {
      return ""
    }
    return ": \(line.prefix(300))"
  }
}
