import CPseudoTerminal
import Glibc
import KafkaClient

/// A pseudo-terminal with `kavka shell` at its other side.
final class ShellTerminal {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private static let patience: Duration = .seconds(20)

  private let descriptor: Int32
  private var processID = pid_t()
  /// What has been shown and not been waited for.
  private var shown: [UInt8] = []

  /// Starts a shell that leads a session at the terminal.
  init(_ arguments: [String], state: String, output: String? = nil) throws {
    var name = [CChar](repeating: 0, count: 128)
    descriptor = kavka_open_terminal(&name, name.count)
    guard descriptor >= 0 else {
      throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    try start([try Self.executable, "shell"] + arguments, at: Self.text(name), state, output)
  }

  deinit {
    close(descriptor)
    if processID > 0 {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
  }

  /// The program, which is built beside the tests.
  private static var executable: String {
    get throws {
      var path = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/exe", &path, path.count)
      let own = Self.text(Array(path.prefix(max(count, 0))))
      let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
      let candidates = [own.split(separator: "/").dropLast().map { "/\($0)" }.joined(), "\(root)/.build/debug"]
      guard let directory = candidates.first(where: { access("\($0)/kavka", X_OK) == 0 }) else {
        throw Failure(description: "the program is not in any of \(candidates)")
      }
      return "\(directory)/kavka"
    }
  }

  private static func text(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func start(_ words: [String], at terminal: String, _ state: String, _ output: String?) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    if let output {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let newSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, an extension that is not imported
    posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
    let environment = ["TERM=dumb", "INPUTRC=/dev/null", "XDG_STATE_HOME=\(state)", "PATH=/usr/bin:/bin"]
    let texts = [words, environment].map { $0.map { strdup($0) } + [nil] }
    defer { for text in texts.joined() { free(text) } }
    let failure = posix_spawn(&processID, words[0], &actions, &attributes, texts[0], texts[1])
    guard failure == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(failure)))") }
  }

  /// Types.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  /// Waits until a text is shown.
  ///
  /// - Returns: What was shown up to it and with it, line ends as the terminal has them.
  @discardableResult
  func wait(for text: String) throws -> String {
    let wanted = Array(text.utf8)
    let clock = ContinuousClock()
    let deadline = clock.now + Self.patience
    while true {
      if let found = Self.range(of: wanted, in: shown) {
        let result = String(decoding: shown[..<found.upperBound], as: UTF8.self)
        shown.removeSubrange(..<found.upperBound)
        return result
      }
      let left = (deadline - clock.now).milliseconds
      guard left > 0, try read(within: Int32(clamping: left)) else {
        throw Failure(
          description: "'\(text)' was not shown, only '\(String(decoding: shown, as: UTF8.self))'")
      }
    }
  }

  /// Waits until the terminal gives what is typed a line at a time to whoever reads, and no longer each key to the
  /// shell's editor, for which Ctrl-D is a key like others.
  func waitForLines() throws {
    let clock = ContinuousClock()
    let deadline = clock.now + Self.patience
    while clock.now < deadline {
      var settings = termios()
      if tcgetattr(descriptor, &settings) == 0, settings.c_lflag & tcflag_t(ICANON) != 0 { return }
      _ = try read(within: 5)
    }
    throw Failure(description: "the shell's editor keeps the terminal")
  }

  /// Waits for the end of the shell.
  ///
  /// - Returns: Its status as `waitpid` has it.
  func waitForEnd() throws -> Int32 {
    let clock = ContinuousClock()
    let deadline = clock.now + Self.patience
    // The terminal hangs up when nobody has it open any more.
    while try read(within: Int32(clamping: (deadline - clock.now).milliseconds)) {}
    guard clock.now < deadline else { throw Failure(description: "the shell does not end") }
    var status: Int32 = 0
    waitpid(processID, &status, 0)
    processID = 0
    return status
  }

  func send(_ signal: Int32) { kill(processID, signal) }

  /// - Returns: Whether something was read.
  private func read(within timeout: Int32) throws -> Bool {
    var status = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&status, 1, max(timeout, 0)) > 0 else { return false }
    var block = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &block, block.count)
    shown += block.prefix(max(count, 0))
    return count > 0
  }

  private static func range(of text: [UInt8], in shown: [UInt8]) -> Range<Int>? {
    guard shown.count >= text.count else { return nil }
    return (0...shown.count - text.count).first { shown[$0...].starts(with: text) }.map { $0..<$0 + text.count }
  }
}
