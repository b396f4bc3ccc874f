#if canImport(Glibc)
  import Glibc
#endif

/// Where the tool says what went wrong.
enum StandardError {
  static func write(_ text: String) {
    text.withCString { _ = Glibc.write(STDERR_FILENO, $0, strlen($0)) }
  }

  static func exitWithFailure() -> Never { exit(1) }
}
