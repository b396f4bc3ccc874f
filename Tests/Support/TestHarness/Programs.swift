import Foundation

/// The programs that tests and benchmarks run, and where they are.
package enum Programs {
  /// The folder of the tests that run, and of what was built together with them.
  package static let built: String = {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent().path
  }()

  package static let kavka = "\(built)/kavka"

  package static let java = find("java", "what needs real Kafka is skipped")
  package static let kcat = find("kcat", "what needs it is skipped")

  /// The in-memory cluster of another implementation: `$KAVKA_TEST_PEERS` or `../shared/peers` has it.
  package static let kfaked: String? = {
    let folder = ProcessInfo.processInfo.environment["KAVKA_TEST_PEERS"] ?? "\(packageRoot)/../shared/peers"
    let path = "\(folder)/kfaked/kfaked"
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("no \(path): what needs it is skipped")
    return nil
  }()

  /// The folder of the project.
  package static let packageRoot: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// Whether a program is in `$PATH`; a line is printed where it is not.
  package static func has(_ name: String) -> Bool { find(name, "what needs it is skipped") != nil }

  /// Looks for a program in `$PATH`, and prints what comes of it where it is not there.
  package static func find(_ name: String, _ consequence: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil { print("\(name) is not installed: \(consequence)") }
    return found
  }
}
