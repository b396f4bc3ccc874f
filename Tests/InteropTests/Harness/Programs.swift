import Foundation

/// The programs that the tests run, and where they are.
enum Programs {
  /// The `kavka` that was built together with these tests, and lies beside them.
  static let kavka: String = {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appendingPathComponent("kavka").path
  }()

  static let java = find("java", "real Kafka needs it: those tests are skipped")
  static let kcat = find("kcat", "its tests are skipped")

  /// The in-memory cluster of another implementation: `$KAVKA_TEST_PEERS` or `../shared/peers` has it.
  static let kfaked: String? = {
    let folder = ProcessInfo.processInfo.environment["KAVKA_TEST_PEERS"] ?? "\(packageRoot)/../shared/peers"
    let path = "\(folder)/kfaked/kfaked"
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("no \(path): its tests are skipped")
    return nil
  }()

  static let packageRoot: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// The folder of the files that these tests bring along.
  static let ownFiles = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  private static func find(_ name: String, _ consequence: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil { print("\(name) is not installed: \(consequence)") }
    return found
  }
}
