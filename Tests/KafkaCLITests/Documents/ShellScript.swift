import Foundation
import TestHarness

/// Runs lines of shell as a user would type them, with the `kavka` that was built beside these tests.
struct ShellScript {
  /// Is the working directory and the home directory.
  let directory: TemporaryDirectory
  var environment: [String: String]

  /// - Parameter brokers: What commands find in `$KAVKA_BROKERS`.
  init(brokers: String) throws {
    directory = try TemporaryDirectory()
    try directory.makeDirectory("bin")
    environment = [
      "PATH":
        "\(directory.file("bin")):\(Programs.built):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")",
      "HOME": directory.path, "KAVKA_BROKERS": brokers, "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
  }

  /// Runs a script to its end, at most half a minute, without holding a thread of Swift's.
  ///
  /// - Parameter interruptedAfter: When the script gets SIGINT, in seconds; its status is then 124.
  func run(_ script: String, by shell: [String] = ["sh", "-c"], interruptedAfter limit: Int? = nil) async throws
    -> ProcessResult
  {
    let interruption = limit.map { ["timeout", "--signal", "INT", "\($0)"] } ?? []
    return try await RunningProcess(
      "env", ["--chdir", directory.path] + interruption + shell + [script], environment: environment
    ).end(within: .seconds(30))
  }
}
