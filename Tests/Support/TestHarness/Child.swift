package import Glibc

/// Starts a child process, which gets three descriptors and no others: all that this process opens is closed in it.
///
/// Foundation's `Process` is not used. It hears of an end by a socket that every other process inherits which is
/// started at the same time, and so does not hear of it before those have ended too.
package enum Child {
  /// - Parameters:
  ///   - program: Its path, or a name that is looked for in `$PATH`.
  ///   - environment: All that it has; nil for what this process has.
  ///   - streams: What it gets as descriptors 0, 1 and 2.
  ///   - hasOwnGroup: Whether it leads a process group of its own, and so gets no Ctrl-C of this process's terminal.
  /// - Returns: Its process ID; somebody has to wait for its end.
  package static func spawn(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, streams: [Int32],
    hasOwnGroup: Bool
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Not what this process blocks or ignores.
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

    let words = strings([program] + arguments)
    let variables = environment.map { strings($0.map { "\($0.key)=\($0.value)" }) }
    defer { for text in words + (variables ?? []) { free(text) } }
    var process: pid_t = 0
    let code =
      if let variables {
        posix_spawnp(&process, program, &actions, &attributes, words, variables)
      } else {
        posix_spawnp(&process, program, &actions, &attributes, words, environ)
      }
    guard code == 0 else { throw Failure("\(program): \(String(cString: strerror(code)))") }
    return process
  }

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }
}
