import CLinux
import Glibc

/// A command of /bin/sh that reads what a command of the shell writes.
struct PipedProgram: Sendable {
  private let processID: pid_t

  /// Starts a program in the shell's own process group, so that the terminal's keys reach both.
  ///
  /// - Returns: The program, and the end of the pipe to write to, which the caller closes.
  static func start(
    _ command: [UInt8], standardOutput: Int32
  ) throws(RedirectionError) -> (PipedProgram, Int32) {
    var ends: [Int32] = [-1, -1]
    guard kavka_pipe2(&ends, O_CLOEXEC) == 0 else { throw RedirectionError("pipe", errno: errno) }
    defer { close(ends[0]) }
    do throws(RedirectionError) {
      return (try spawn(command, input: ends[0], output: standardOutput), ends[1])
    } catch {
      close(ends[1])
      throw error
    }
  }

  /// Asks how the program has ended; one that has not ended gives nothing. Afterwards not to be asked again.
  func takeEnd() -> ExitStatus? {
    var status: Int32 = 0
    let result = waitpid(processID, &status, WNOHANG)
    if result == 0 || (result < 0 && errno == EINTR) { return nil }
    guard result == processID else { return .refused }
    let signal = status & 0x7F
    let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
    return code == 0 ? .success : .command(code)
  }

  private static func spawn(
    _ command: [UInt8], input: Int32, output: Int32
  ) throws(RedirectionError) -> PipedProgram {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)

    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    let attributes = SpawnAttributes(signalMask: noSignals)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c")]
    arguments += [strdup(command.map { CChar(bitPattern: $0) } + [0]), nil]
    defer { for argument in arguments { free(argument) } }
    var processID = pid_t()
    let failure = attributes.withPointer { posix_spawn(&processID, "/bin/sh", &actions, $0, arguments, environ) }
    guard failure == 0 else { throw RedirectionError("/bin/sh", errno: failure) }
    return PipedProgram(processID: processID)
  }
}
