import Glibc
import Transport

/// The ways in which the process ends.
package enum ProcessEnd {
  /// The signals that ask a command to end.
  static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Ends the process with a status, or by the signal that it stands for.
  package static func with(_ status: ExitStatus) -> Never {
    if case .signal(let number) = status { bySignal(number) }
    exit(status.code)
  }

  /// Dies of a signal, so that a shell sees it. Process 1 is not killed by its own signals: it exits with the number
  /// that a shell would show.
  package static func bySignal(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    SignalSource.unblock([number])
    raise(number)
    _exit(128 + number)
  }
}

extension ExitStatus {
  /// The reader of standard output has gone: like `cat`, a command ends silently by SIGPIPE.
  static let brokenPipe = ExitStatus.signal(SIGPIPE)
}
