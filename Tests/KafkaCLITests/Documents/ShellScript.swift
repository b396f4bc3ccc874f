import Foundation

/// Runs lines of shell as a user would type them, with the `kavka` that was built beside these tests.
struct ShellScript {
  struct Result: CustomStringConvertible {
    var status: Int32
    var output: String
    var errors: String

    var description: String { "status \(status)\n\(output)\n\(errors)" }
  }

  /// Is the working directory and the home directory.
  let directory: TemporaryDirectory
  var environment: [String: String]

  /// - Parameter brokers: What commands find in `$KAVKA_BROKERS`.
  init(brokers: String) throws {
    directory = try TemporaryDirectory()
    try directory.makeDirectory("bin")
    environment = [
      "PATH":
        "\(directory.file("bin")):\(Self.programs):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")",
      "HOME": directory.path, "KAVKA_BROKERS": brokers, "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
  }

  /// Runs a script to its end, at most half a minute, without holding a thread.
  ///
  /// - Parameter interruptedAfter: When the script gets SIGINT, in seconds; its status is then 124.
  func run(_ script: String, by shell: [String] = ["sh", "-c"], interruptedAfter limit: Int? = nil) async throws
    -> Result
  {
    let names = ["output-\(UUID().uuidString)", "errors-\(UUID().uuidString)"]
    for name in names { try directory.write("", to: "bin/\(name)") }
    let files = names.map { URL(fileURLWithPath: directory.file("bin/\($0)")) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["timeout", "--signal", limit == nil ? "KILL" : "INT", "--kill-after", "20", "\(limit ?? 30)"] + shell + [script]
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return Result(
      status: status, output: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8))
  }

  /// Whether a program is there; a line is printed where it is not.
  static func has(_ name: String) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    if !isThere { print("\(name) is not installed: what needs it is skipped") }
    return isThere
  }

  private static let programs: String = {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent().path
  }()
}
