import CLinux
import Glibc

/// How the signals of a program stand that this process starts: it ignores SIGPIPE and blocks others itself, which a
/// program does not expect to inherit.
struct SpawnAttributes: ~Copyable {
  private(set) var raw = posix_spawnattr_t()

  /// - Parameter signalMask: The signals that the program begins with as blocked.
  init(signalMask: sigset_t) {
    posix_spawnattr_init(&raw)
    var mask = signalMask
    posix_spawnattr_setsigmask(&raw, &mask)
    var restored = sigset_t()
    sigemptyset(&restored)
    sigaddset(&restored, SIGPIPE)
    posix_spawnattr_setsigdefault(&raw, &restored)
    posix_spawnattr_setflags(&raw, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  deinit {
    var raw = raw
    posix_spawnattr_destroy(&raw)
  }

  /// Calls `body` with what posix_spawn(3) takes.
  func withPointer<Result>(_ body: (UnsafePointer<posix_spawnattr_t>) -> Result) -> Result {
    withUnsafePointer(to: raw, body)
  }
}
