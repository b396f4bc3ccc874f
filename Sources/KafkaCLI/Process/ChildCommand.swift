import CLinux
import Glibc

/// A command that runs beside this process, with its working directory and its three standard streams.
struct ChildCommand: Sendable {
  /// Why a command could not be started.
  struct StartError: Error {
    let message: String
    /// What shells have for it: 127 where there is no such command, 126 where it cannot be run.
    let status: Int32
  }

  private let processID: pid_t

  /// The signals that the calling thread blocks.
  static var currentSignalMask: sigset_t {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return mask
  }

  /// Starts a command, which is looked for in `$PATH` where its name has no slash.
  ///
  /// - Parameters:
  ///   - words: Its name and its arguments.
  ///   - environment: A variable that it has beside those of this process.
  ///   - signalMask: The signals that it begins with as blocked. SIGPIPE has its usual effect on it.
  init(_ words: [[UInt8]], environment: (name: String, value: String), signalMask: sigset_t) throws(StartError) {
    let attributes = SpawnAttributes(signalMask: signalMask)
    let texts = words.map { $0.map(CChar.init(bitPattern:)) + [0] }
    var arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    let variable = strdup("\(environment.name)=\(environment.value)")
    defer {
      for argument in arguments { free(argument) }
      free(variable)
    }
    arguments.append(nil)
    let variables = Self.variables(without: environment.name) + [variable, nil]
    var processID = pid_t()
    let code = attributes.withPointer { posix_spawnp(&processID, texts[0], nil, $0, arguments, variables) }
    guard code == 0 else {
      let name = String(decoding: words[0], as: UTF8.self)
      throw StartError(
        message: "cannot run '\(name)': \(String(cString: strerror(code)))", status: code == ENOENT ? 127 : 126)
    }
    self.processID = processID
  }

  private static func variables(without name: String) -> [UnsafeMutablePointer<CChar>?] {
    var variables: [UnsafeMutablePointer<CChar>?] = []
    let prefix = "\(name)="
    guard var entry = Optional(environ) else { return variables }
    while let variable = entry.pointee {
      if strncmp(variable, prefix, prefix.utf8.count) != 0 { variables.append(variable) }
      entry += 1
    }
    return variables
  }

  /// Passes a signal on that came to this process. What a terminal sends has come to the command already.
  func pass(_ signal: Int32) {
    guard signal == SIGTERM || !Self.isInForeground else { return }
    kill(processID, signal)
  }

  /// Whether this process is in the group to which its terminal sends signals.
  private static var isInForeground: Bool {
    let terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return false }
    defer { close(terminal) }
    return tcgetpgrp(terminal) == getpgrp()
  }

  /// Waits for the command's end.
  ///
  /// - Returns: Its exit status, or the signal that ended it.
  func wait() -> ExitStatus {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 {
      guard errno == EINTR else { return .refused }
    }
    let signal = status & 0x7f
    guard signal != 0 else { return .command((status >> 8) & 0xff) }
    // Dying of the others would leave a memory image of the wrong process.
    return ProcessEnd.signals.contains(signal) ? .signal(signal) : .command(128 + signal)
  }
}
