import Glibc

/// Where the output of one command goes: a descriptor that is the command's own, so that it can be taken away from a
/// command that nobody waits for any more.
struct CommandOutput: Sendable {
  /// The descriptor, which whoever runs the command closes at its end.
  let descriptor: Int32
  /// The program that reads the output, if one does.
  let program: PipedProgram?

  /// Opens a destination.
  ///
  /// - Parameter standardOutput: What the shell itself writes to, and the program too.
  init(_ destination: ShellLine.Destination, standardOutput: Int32) throws(RedirectionError) {
    switch destination {
    case .standardOutput:
      descriptor = fcntl(standardOutput, F_DUPFD_CLOEXEC, 3)
      program = nil
      guard descriptor >= 0 else { throw RedirectionError("standard output", errno: errno) }
    case .file(let path, let appends):
      let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC)
      descriptor = open(path.map { CChar(bitPattern: $0) } + [0], flags, 0o666)
      program = nil
      guard descriptor >= 0 else { throw RedirectionError(String(decoding: path, as: UTF8.self), errno: errno) }
    case .program(let command):
      (program, descriptor) = try PipedProgram.start(command, standardOutput: standardOutput)
    }
  }

  /// Lets what is still written vanish, and the reader see the end. The descriptor stays open.
  func discard() {
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nowhere >= 0 else { return }
    dup2(nowhere, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    close(nowhere)
  }
}
